import { Search } from "lucide-react";
import type { KeyboardEventHandler } from "react";
import styles from "./SearchBox.module.css";

interface SearchBoxProps {
  /** Says what is looked for, within the box too. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>;
  /** For its place among others; the looks are its own. */
  className?: string | undefined;
}

/** Where one types what to look for, above what is found. */
export function SearchBox({ label, value, onChange, onKeyDown, className = "" }: SearchBoxProps) {
  return (
    <label className={`${styles.box} ${className}`}>
      <Search size={16} aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
