import styles from "./Knowledge.module.css";

interface DialProps {
  label: string;
  hint: string;
  /** 0 to 1. */
  value: number;
  onChange: (value: number) => void;
}

export function Dial({ label, hint, value, onChange }: DialProps) {
  return (
    <label className={styles.dial}>
      <span>
        {label} <output>{Math.round(value * 100)}</output>
      </span>
      <input type="range" min={0} max={100} value={Math.round(value * 100)} onChange={({ target }) => onChange(Number(target.value) / 100)} />
      <small>{hint}</small>
    </label>
  );
}
