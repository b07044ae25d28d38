import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { uploadFile, UploadFailed } from "../../imports/uploadFile";
import { useServices } from "../../services";
import styles from "../Templates.module.css";

type Kind = "image" | "video" | "document";

interface SampleFileProps {
  kind: Kind;
  /** What stands for the file; empty as long as there is none. */
  handle: string;
  error: string | undefined;
  onHandle: (handle: string) => void;
}

const accepted: Record<Kind, string> = { image: "image/jpeg,image/png", video: "video/mp4", document: "application/pdf" };

/** A file for the reviewers. */
export function SampleFile({ kind, handle, error, onHandle }: SampleFileProps) {
  const { words } = useWords();
  const { api } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [name, setName] = useState("");
  const [failed, setFailed] = useState<string | null>(null);
  const texts = words.templates;

  const upload = async (file: File) => {
    setFailed(null);
    setShare(0);
    try {
      const begun = await api.templates.beginSample();
      await uploadFile(begun, file, setShare);
      setName(file.name);
      onHandle(begun.handle);
    } catch (failure) {
      setFailed(failure instanceof UploadFailed ? texts.fileFailed : problemText(asProblem(failure), words));
    } finally {
      setShare(null);
    }
  };
  const said = failed ?? error;
  return (
    <div className={styles.row}>
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted[kind]}
        aria-label={texts.file}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void upload(file);
        }}
      />
      <Button busy={share !== null} onClick={() => input.current?.click()}>
        <Upload size={16} aria-hidden /> {texts.chooseFile}
      </Button>
      <span className={said ? styles.wrong : styles.note} role="status">
        {share !== null ? texts.uploading(Math.round(share * 100)) : (said ?? (handle === "" ? texts.fileHints[kind] : name || texts.fileThere))}
      </span>
    </div>
  );
}
