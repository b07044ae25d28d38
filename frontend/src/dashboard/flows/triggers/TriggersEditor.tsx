import { Trash2 } from "lucide-react";
import { IconButton } from "../../../design/Button";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { FieldList } from "../inspector/FieldList";
import { FieldView } from "../inspector/FieldView";
import fields from "../inspector/fields.module.css";
import { knownLanguages } from "../inspector/localText";
import type { FlowHistory } from "../editor/useFlowHistory";
import type { JsonObject, StoredFlow, StoredTrigger } from "../model/storedFlow";
import { parameterFields, settingFields, triggerTable, usualSettings } from "./triggerTable";

interface TriggersEditorProps {
  history: FlowHistory;
  readOnly: boolean;
}

function withTriggers(flow: StoredFlow, change: (triggers: StoredTrigger[]) => StoredTrigger[]): StoredFlow {
  return { ...flow, triggers: change(flow.triggers ?? []) };
}

/** What begins the flow, and how it behaves beside others. */
export function TriggersEditor({ history, readOnly }: TriggersEditorProps) {
  const { words, language } = useWords();
  const { flow, change } = history;
  const texts = words.flows.triggers;
  const triggers = flow.triggers ?? [];
  const names = new Intl.DisplayNames([language], { type: "language" });
  const languages = [...knownLanguages].map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) => a.name.localeCompare(b.name));

  const add = (type: string) => {
    const kind = triggerTable.find((each) => each.type === type);
    if (kind) change((now) => withTriggers(now, (list) => [...list, { type, ...kind.fresh() }]));
  };
  return (
    <>
      <p className={fields.quiet}>{texts.lead}</p>
      {triggers.map((trigger, index) => (
        <div key={index} className={fields.item} role="group" aria-label={texts.names[trigger.type] ?? trigger.type}>
          <div className={fields.itemHead}>
            <strong>{texts.names[trigger.type] ?? trigger.type}</strong>
            {!readOnly && (
              <IconButton
                label={words.flows.inspector.removeItem}
                icon={<Trash2 size={14} aria-hidden />}
                onClick={() => change((now) => withTriggers(now, (list) => list.filter((_, at) => at !== index)))}
              />
            )}
          </div>
          <FieldList
            fields={triggerTable.find(({ type }) => type === trigger.type)?.fields ?? []}
            data={trigger}
            type={trigger.type}
            onChange={(data) =>
              change(
                (now) => withTriggers(now, (list) => list.map((each, at) => (at === index ? { ...data, type: trigger.type } : each))),
                `trigger:${index}`,
              )
            }
          />
        </div>
      ))}
      {!readOnly && (
        <Field label={texts.add}>
          {(described) => (
            <select {...described} className={fields.input} value="" onChange={(event) => add(event.target.value)}>
              <option value="">{words.flows.inspector.choose}</option>
              {triggerTable.map(({ type }) => (
                <option key={type} value={type}>
                  {texts.names[type] ?? type}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <details>
        <summary>{texts.settings}</summary>
        <div className={`${fields.nested} ${fields.spaced}`}>
          <Field label={texts.language} hint={texts.languageHint}>
            {(described) => (
              <select
                {...described}
                className={fields.input}
                disabled={readOnly}
                value={flow.language ?? "en"}
                onChange={(event) => {
                  const chosen = event.target.value;
                  change((now) => ({ ...now, language: chosen }));
                }}
              >
                {languages.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <FieldList
            fields={settingFields}
            data={{ ...usualSettings, ...(flow.settings as JsonObject | undefined) }}
            type="settings"
            onChange={(settings) => change((now) => ({ ...now, settings: { ...settings, ...(settings.expires_after === undefined ? { expires_after: null } : {}) } }), "settings")}
          />
          <FieldView
            field={{ name: "parameters", kind: "list", of: parameterFields, fresh: () => ({ name: "" }), most: 50 }}
            type="flow"
            label={words.flows.fields.parameters ?? "parameters"}
            value={(flow.parameters as JsonObject[] | undefined) ?? []}
            onChange={(parameters) => change((now) => ({ ...now, parameters }), "parameters")}
          />
        </div>
      </details>
    </>
  );
}
