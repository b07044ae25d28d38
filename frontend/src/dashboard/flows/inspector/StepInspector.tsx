import { CircleAlert, Copy, Trash2, TriangleAlert } from "lucide-react";
import { IconButton } from "../../../design/Button";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { join } from "../canvas/join";
import type { Findings } from "../editor/useFindings";
import { findingText } from "../findings/findingText";
import type { FlowHistory } from "../editor/useFlowHistory";
import { exitLabel } from "../kinds/exitLabel";
import { exitsOf, kindOf, nameOf } from "../kinds/kinds";
import { changeData, changeTitle, disconnect, followExits } from "../model/graph";
import { edgeId, exitOf, type JsonObject, type StoredNode } from "../model/storedFlow";
import { FieldList } from "./FieldList";
import fields from "./fields.module.css";
import styles from "./Inspector.module.css";

interface StepInspectorProps {
  step: StoredNode;
  history: FlowHistory;
  readOnly: boolean;
  findings: Findings;
  onGo: (id: string) => void;
  onRemove: () => void;
  onDuplicate: () => void;
}

export function StepInspector({ step, history, readOnly, findings, onRemove, onDuplicate }: StepInspectorProps) {
  const { words } = useWords();
  const { flow, change } = history;
  const kind = kindOf(step.type);
  const texts = words.flows.inspector;
  const told = words.flows.kinds[step.type];
  const found = findings.byNode.get(step.id) ?? [];

  const setData = (data: JsonObject) =>
    change((now) => {
      const exits = exitsOf({ ...step, data });
      return changeData(followExits(now, step.id, exitsOf(step), exits), step.id, data, exits);
    }, `data:${step.id}`);
  return (
    <>
      <header className={styles.head}>
        <h2>{told?.name ?? step.type}</h2>
        {!readOnly && (
          <span>
            <IconButton label={texts.duplicate} icon={<Copy size={16} aria-hidden />} onClick={onDuplicate} />
            <IconButton label={texts.remove} icon={<Trash2 size={16} aria-hidden />} onClick={onRemove} />
          </span>
        )}
      </header>
      {told && <p className={styles.lead}>{told.lead}</p>}
      {found.length > 0 && (
        <ul className={styles.findings}>
          {found.map((finding, index) => (
            <li key={index} data-level={finding.level}>
              {finding.level === "error" ? <CircleAlert size={15} aria-hidden /> : <TriangleAlert size={15} aria-hidden />}
              {findingText(finding, words, step)}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.fields} data-part="fields">
        <FieldList fields={kind?.fields ?? []} data={step.data} type={step.type} onChange={setData} />
      </div>
      <section className={styles.ways} data-part="ways">
        <h3>{texts.ways_on}</h3>
        {exitsOf(step).length === 0 && <p className={styles.quiet}>{texts.noWays}</p>}
        {exitsOf(step).map((exit) => {
          const edge = flow.edges.find((each) => each.source === step.id && exitOf(each) === exit);
          return (
            <Field key={exit} label={exitLabel(step, exit, words)}>
              {(described) => (
                <select
                  {...described}
                  className={fields.input}
                  disabled={readOnly}
                  value={edge?.target ?? ""}
                  onChange={(event) => {
                    const target = event.target.value;
                    change((now) => (target === "" ? disconnect(now, new Set([edgeId(step.id, exit)])) : join(now, step.id, exit, target)));
                  }}
                >
                  <option value="">{texts.nowhere}</option>
                  {flow.nodes.map((node) => (
                    <option key={node.id} value={node.id}>
                      {nameOf(node, words)} ({node.id})
                    </option>
                  ))}
                </select>
              )}
            </Field>
          );
        })}
      </section>
      <details className={styles.more}>
        <summary>{texts.more}</summary>
        <div className={`${fields.nested} ${fields.spaced}`}>
          <Field label={texts.title} hint={texts.titleHint}>
            {(described) => (
              <input
                {...described}
                className={fields.input}
                readOnly={readOnly}
                maxLength={100}
                value={step.title ?? ""}
                onChange={(event) => {
                  const title = event.target.value;
                  change((now) => changeTitle(now, step.id, title), `title:${step.id}`);
                }}
              />
            )}
          </Field>
          <p className={styles.quiet}>
            {texts.id} <code>{step.id}</code>
          </p>
        </div>
      </details>
    </>
  );
}
