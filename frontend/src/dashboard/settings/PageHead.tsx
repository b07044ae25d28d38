import type { ReactNode } from "react";
import styles from "./Settings.module.css";

interface PageHeadProps {
  title: string;
  lead: ReactNode;
  /** What one does most on this page. */
  action?: ReactNode;
}

export function PageHead({ title, lead, action }: PageHeadProps) {
  return (
    <header className={styles.head}>
      <div className={styles.headText}>
        <h2>{title}</h2>
        <p>{lead}</p>
      </div>
      {action}
    </header>
  );
}
