import type { JsonObject } from "../model/storedFlow";
import styles from "./SimulatorPanel.module.css";

interface ValuesProps {
  title: string;
  none: string;
  values: JsonObject;
  open?: boolean;
}

/** Names and what they hold. */
export function Values({ title, none, values, open = false }: ValuesProps) {
  const names = Object.keys(values).sort();
  return (
    <details className={styles.values} open={open}>
      <summary>{title}</summary>
      {names.length === 0 && <p className={styles.quiet}>{none}</p>}
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{JSON.stringify(values[name])}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
