import { Upload } from "lucide-react";
import { useId, useRef } from "react";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import styles from "./FileField.module.css";
import { takenBy, type MediaKind } from "./mediaShapes";
import { OwnFile } from "./OwnFile";
import { useUpload } from "./useUpload";

interface FileFieldProps {
  label: string;
  kind: MediaKind;
  /** The file's id; empty as long as there is none. */
  value: string;
  onChange: (id: string) => void;
}

/** A file for a message: chosen, brought to the workspace, and shown. */
export function FileField({ label, kind, value, onChange }: FileFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      {value !== "" && <OwnFile id={value} />}
      <UploadButton kind={kind} describedBy={id} onUploaded={onChange} />
    </div>
  );
}

interface UploadButtonProps {
  kind: MediaKind;
  describedBy?: string;
  onUploaded: (id: string) => void;
}

export function UploadButton({ kind, describedBy, onUploaded }: UploadButtonProps) {
  const { words } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const { share, failed, upload } = useUpload();
  const texts = words.files;
  const take = async (file: File | undefined) => {
    const brought = file ? await upload(file) : null;
    if (brought) onUploaded(brought.id);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={takenBy[kind]}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = ""; // the same file may be tried again
        }}
      />
      <Button busy={share !== null} disabled={share !== null} aria-describedby={describedBy} onClick={() => input.current?.click()}>
        <Upload size={16} aria-hidden /> {share === null ? texts.upload : texts.uploading}
      </Button>
      {failed !== null && (
        <p role="alert" className={styles.failed}>
          {failed}
        </p>
      )}
    </>
  );
}
