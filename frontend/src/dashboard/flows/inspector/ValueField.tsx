import { lazy, Suspense } from "react";
import { useWords } from "../../../words/useWords";
import type { Json, JsonObject } from "../model/storedFlow";
import type { FieldProps } from "./editing";
import styles from "./fields.module.css";
import { JsonField } from "./JsonField";
import { WritingField } from "./WritingField";

const RuleField = lazy(async () => ({ default: (await import("../rules/RuleField")).RuleField }));

const ways = ["text", "rule", "value"] as const;
const fresh: Record<(typeof ways)[number], Json> = { text: "", rule: false, value: null };

/** Where a value comes from: a text with variables, a rule, or JSON as it stands. */
export function ValueField({ label, hint, value, readOnly, onChange }: FieldProps<JsonObject> & { readOnly: boolean }) {
  const { words } = useWords();
  const data = value ?? {};
  const way = ways.find((each) => each in data) ?? "text";
  const inner = { label, hint, readOnly };
  return (
    <div className={styles.nested}>
      {way === "text" && <WritingField {...inner} value={typeof data.text === "string" ? data.text : ""} filled mono onChange={(text) => onChange({ text })} />}
      {way === "rule" && (
        <Suspense fallback={<p className={styles.quiet}>{words.common.loading}</p>}>
          <RuleField label={label} value={data.rule ?? false} onChange={(rule) => onChange({ rule })} />
        </Suspense>
      )}
      {way === "value" && <JsonField {...inner} value={data.value} onChange={(next) => onChange({ value: next ?? null })} />}
      {!readOnly && (
        <div className={styles.tabs}>
          {ways.map((each) => (
            <button key={each} type="button" className={styles.tab} aria-pressed={way === each} onClick={() => onChange({ [each]: fresh[each] })}>
              {words.flows.inspector.ways[each]}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
