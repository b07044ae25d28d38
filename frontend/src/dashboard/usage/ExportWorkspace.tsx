import { useState } from "react";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { ExportDialog } from "../exports/ExportDialog";
import { useServices } from "../services";
import styles from "../settings/Settings.module.css";

/** Everything the workspace holds, to take along. */
export function ExportWorkspace() {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const texts = words.usage;
  if (!may("workspace:export")) return null;
  return (
    <section className={styles.group}>
      <h3>{texts.dataTitle}</h3>
      <p className={styles.lead}>{texts.dataLead}</p>
      <div className={styles.row}>
        <Button onClick={() => setOpen(true)}>{texts.dataStart}</Button>
      </div>
      {open && (
        <ExportDialog title={texts.dataStart} lead={texts.dataLead} start={api.usage.startExport} read={api.usage.export} onClose={() => setOpen(false)} />
      )}
    </section>
  );
}
