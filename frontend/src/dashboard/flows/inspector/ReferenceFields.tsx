import { useContext, useId } from "react";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { usePages } from "../../api/usePages";
import { useFieldDefinitions, useTags } from "../../contacts/useContacts";
import { segmentsKey } from "../../segments/useSegments";
import { useServices } from "../../services";
import { membersKey } from "../../settings/membersKey";
import { useTeams } from "../../teams/useTeams";
import { flowsKey } from "../flowsKey";
import { nameOf } from "../kinds/kinds";
import { SurroundingsContext, type FieldProps } from "./editing";
import { ChoiceField } from "./SimpleFields";
import styles from "./fields.module.css";

type Props = FieldProps<string> & { readOnly: boolean };

interface Known {
  value: string;
  label: string;
}

/** One of what there is. What is chosen stays on offer, though it may be gone: a check tells. */
function KnownField({ known, ...props }: Props & { known: readonly Known[] }) {
  const { words } = useWords();
  const chosen = props.value;
  const gone = chosen && !known.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : [];
  return <ChoiceField {...props} options={[{ value: "", label: words.flows.inspector.choose }, ...gone, ...known]} />;
}

/** Another flow of the workspace. */
export function FlowField(props: Props) {
  const { api } = useServices();
  const { items } = usePages(flowsKey, api.flows.list);
  const flows = (items ?? []).filter((flow) => !flow.archived || flow.id === props.value);
  return <KnownField {...props} known={flows.map(({ id, name }) => ({ value: id, label: name }))} />;
}

export function SegmentField(props: Props) {
  const { api } = useServices();
  const { items } = usePages(segmentsKey, api.segments.list);
  return <KnownField {...props} known={(items ?? []).map(({ id, name }) => ({ value: id, label: name }))} />;
}

/** Somebody of the workspace. */
export function PersonField(props: Props) {
  const { api } = useServices();
  const { items } = usePages(membersKey, api.members);
  return <KnownField {...props} known={(items ?? []).map(({ user_id, email }) => ({ value: user_id, label: email }))} />;
}

/** People who take conversations together. */
export function TeamField(props: Props) {
  const teams = useTeams() ?? [];
  return <KnownField {...props} known={teams.map(({ id, name }) => ({ value: id, label: name }))} />;
}

/** A field that contacts of this workspace have. */
export function ContactFieldField(props: Props) {
  const fields = useFieldDefinitions();
  return <KnownField {...props} known={fields.map(({ key, name }) => ({ value: key, label: name }))} />;
}

/** A tag that was used before, or a new one. */
export function TagField({ label, hint, value, readOnly, onChange }: Props) {
  const tags = useTags();
  const list = useId();
  return (
    <Field label={label} hint={hint}>
      {(described) => (
        <>
          <input
            {...described}
            className={styles.input}
            list={list}
            autoComplete="off"
            spellCheck={false}
            readOnly={readOnly}
            value={value ?? ""}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {tags.map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** Another step of this flow. */
export function StepField(props: Props) {
  const { words } = useWords();
  const nodes = useContext(SurroundingsContext)?.flow.nodes ?? [];
  return <KnownField {...props} known={nodes.map((node) => ({ value: node.id, label: `${nameOf(node, words)} (${node.id})` }))} />;
}
