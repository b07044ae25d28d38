import { useContext, useId } from "react";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { useTags } from "../../contacts/useContacts";
import { nameOf } from "../kinds/kinds";
import { SurroundingsContext, type FieldProps } from "./editing";
import { knownBy, type Known, type ThingKind } from "./knownThings";
import { ChoiceField } from "./SimpleFields";
import styles from "./fields.module.css";

export type ReferenceProps = FieldProps<string> & { readOnly: boolean };
type Props = ReferenceProps;

/** One of what there is. What is chosen stays on offer, though it may be gone: a check tells. */
function KnownField({ known, ...props }: Props & { known: readonly Known[] }) {
  const { words } = useWords();
  const chosen = props.value;
  const gone = chosen && !known.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : [];
  const offered = known.filter(({ value, past }) => !past || value === chosen);
  return <ChoiceField {...props} options={[{ value: "", label: words.flows.inspector.choose }, ...gone, ...offered]} />;
}

/** One of the workspace's flows, teams, numbers, …, by its name. */
export function ThingField({ of, ...props }: Props & { of: ThingKind }) {
  return <KnownField {...props} known={knownBy[of]()} />;
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
