import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Failure.module.css";

/** Why a form did not go through, above its fields. */
export function Failure({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className={styles.failure} role="alert">
      <CircleAlert size={16} aria-hidden /> <span>{children}</span>
    </p>
  );
}
