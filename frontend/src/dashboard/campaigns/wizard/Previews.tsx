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
  const [chosen, setChosen] = useState("");
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const some = usePreviews(campaign, null, true);
  const own = usePreviews(campaign, asked, asked !== null);
  const texts = words.campaigns;
  if (some.error) return <Failure>{problemText(asProblem(some.error), words)}</Failure>;
  if (!some.data) return <SkeletonRows rows={3} label={words.common.loading} />;
  const items = [...(own.data?.items ?? []), ...some.data.items.filter((one) => asked === null || keyOf(one) !== asked)];
  const one = items.find((each) => keyOf(each) === chosen) ?? items[0];
  return (
    <section className={styles.group} aria-label={texts.previews}>
      <div className={styles.two}>
        {items.length > 0 && (
          <SelectField
            label={texts.previews}
            value={one ? keyOf(one) : ""}
            options={items.map((each) => ({ value: keyOf(each), label: each.name ?? each.phone ?? texts.unnamed }))}
            onChange={setChosen}
          />
        )}
        <div className={styles.options}>
          <TextField label={texts.previewFind} placeholder={words.contacts.search} autoComplete="off" value={typed} onChange={setTyped} />
          <FoundContacts
            search={typed}
            onChoose={({ id }) => {
              setTyped("");
              setAsked(id);
              setChosen(id);
            }}
          />
        </div>
      </div>
      {own.error && <Failure>{problemText(asProblem(own.error), words)}</Failure>}
      {own.isLoading && <SkeletonRows rows={3} label={words.common.loading} />}
      {one && !own.isLoading && !own.error && <Shown one={one} template={template} />}
    </section>
  );
}

/** A row of a file may be of nobody known. */
const keyOf = ({ contact_id: id, phone, name }: Preview) => id ?? phone ?? name ?? "";

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
