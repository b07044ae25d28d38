import { english } from "../../words/english";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";

interface WhyProps {
  one: { class: string | null; reason: string | null };
}

/** Why somebody got nothing: the class in the reader's language, and what WhatsApp said of this person. */
export function Why({ one }: WhyProps) {
  const { words } = useWords();
  const known = one.class === null ? undefined : words.campaigns.classes[one.class];
  const said = one.reason === null ? null : reasonOf(one.reason, words);
  if (known === undefined) return said;
  const itself = english.campaigns.classes[one.class ?? ""] ?? "";
  return (
    <>
      {known}{" "}
      {said !== null && ![itself, `${itself}.`].includes(said) && <small>{said}</small>}
    </>
  );
}
