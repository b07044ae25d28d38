import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "../../../design/Failure";
import { SelectField, TextField } from "../../../design/Field";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { FoundContacts } from "../../contacts/FoundContacts";
import { useServices } from "../../services";
import { TemplatePreview } from "../../templates/TemplatePreview";
import type { Template } from "../../templates/templateShapes";
import type { Campaign, Preview } from "../campaignShapes";
import { campaignsKey } from "../campaignsKey";
import { Why } from "../Why";
import { previewOf, valuesIn } from "./draft";
import styles from "./Wizard.module.css";

interface PreviewsProps {
  campaign: Campaign;
  template: Template | undefined;
}

/** The message as it will be for a few of the audience, and for whomever one looks for. */
export function Previews({ campaign, template }: PreviewsProps) {
  const { words } = useWords();
  const [chosen, setChosen] = useState(0);
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const some = usePreviews(campaign, null, true);
  const own = usePreviews(campaign, asked, asked !== null);
  const texts = words.campaigns;
  const items = [...(own.data?.items ?? []), ...(some.data?.items ?? [])];
  const who = ({ name, phone }: Preview) => name ?? phone ?? texts.unnamed;
  const one = items[chosen];
  const problem = some.error ?? own.error;
  if (problem) return <Failure>{problemText(asProblem(problem), words)}</Failure>;
  if (!some.data) return <SkeletonRows rows={3} label={words.common.loading} />;
  return (
    <section className={styles.group} aria-label={texts.previews}>
      <div className={styles.two}>
        {items.length > 0 && (
          <SelectField
            label={texts.previews}
            value={String(chosen)}
            options={items.map((item, number) => ({ value: String(number), label: who(item) }))}
            onChange={(number) => setChosen(Number(number))}
          />
        )}
        <div className={styles.options}>
          <TextField label={texts.previewFind} placeholder={words.contacts.search} autoComplete="off" value={typed} onChange={setTyped} />
          <FoundContacts
            search={typed}
            onChoose={({ id }) => {
              setTyped("");
              setAsked(id);
              setChosen(0);
            }}
          />
        </div>
      </div>
      {one && <Shown one={one} template={template} />}
    </section>
  );
}

/** Of one contact; of a few of the audience, where none is named. */
function usePreviews({ id, revision }: Campaign, contact: string | null, enabled: boolean) {
  const { api } = useServices();
  return useQuery({
    queryKey: [...campaignsKey, "preview", id, revision, contact],
    queryFn: ({ signal }) => api.campaigns.preview(id, contact === null ? [] : [contact], signal),
    enabled,
  });
}

function Shown({ one, template }: { one: Preview; template: Template | undefined }) {
  const { message } = one;
  const values = message?.type === "template" && template ? valuesIn(template, message) : {};
  const shown = message && previewOf(message, template, ({ variable }) => values[variable] ?? "");
  if (shown) return <TemplatePreview components={shown} />;
  return (
    <p className={styles.quiet}>
      <Why one={one} />
    </p>
  );
}
