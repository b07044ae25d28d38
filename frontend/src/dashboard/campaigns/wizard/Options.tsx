import styles from "./Wizard.module.css";

interface OptionsProps<Value extends string> {
  title: string;
  name: string;
  options: readonly { value: Value; label: string; lead: string }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

/** One of a few ways, each with what it means. */
export function Options<Value extends string>({ title, name, options, chosen, onChoose }: OptionsProps<Value>) {
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <div className={styles.options}>
        {options.map(({ value, label, lead }) => (
          <label key={value} className={styles.option}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            <span>
              {label}
              <small>{lead}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
