import { FileText, Paperclip, SendHorizontal, X } from "lucide-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { IconButton } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { useWords } from "../../words/useWords";
import { useLookAgain } from "../api/lists";
import { useMay } from "../api/me";
import { asProblem, type ApiProblem } from "../api/problem";
import type { Conversation } from "../api/shapes";
import { problemText } from "../api/useAct";
import { messagesOf, takenBy, type MediaFile } from "../media/mediaShapes";
import { useUpload } from "../media/useUpload";
import { useServices } from "../services";
import styles from "./Composer.module.css";

const longest = 4096; // as WhatsApp takes it
const anyFile = Object.values(takenBy).join(",");

export interface WriteBoxProps {
  conversation: Conversation;
  /** Shown at once; the answer takes it back where the message was refused. */
  onWritten: (text: string) => () => void;
  /** Offers to send a template, where the channel has any. */
  onTemplate: (() => void) | null;
}

/** Where a text is written, and a file is put to it. */
export function WriteBox({ conversation, onWritten, onTemplate }: WriteBoxProps) {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const [text, setText] = useState("");
  const [file, setFile] = useState<MediaFile | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const lookAgain = useLookAgain(conversation.id);
  const { share, failed, upload } = useUpload();
  const box = useRef<HTMLTextAreaElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const texts = words.answering;
  const body = text.trim();
  const empty = body === "" && file === null;

  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);

  const write = async (messages: readonly object[]) => {
    for (const message of messages) await api.replies.write(conversation.id, message);
  };
  const send = () => {
    if (empty || busy || share !== null) return;
    const takeBack = file === null ? onWritten(body) : () => undefined;
    setText("");
    setFile(null);
    setProblem(null);
    setBusy(file !== null);
    write(file ? messagesOf(file, body) : [{ type: "text", text: { body } }])
      .then(lookAgain, (failure: unknown) => {
        takeBack();
        setText((typed) => (typed === "" ? body : typed)); // nothing written is lost
        setFile(file);
        setProblem(asProblem(failure));
      })
      .finally(() => setBusy(false));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={styles.composer}>
      {problem && <Failure>{problem.errors[0]?.message ?? problemText(problem, words)}</Failure>}
      {failed !== null && <Failure>{failed}</Failure>}
      {share !== null && <progress className={styles.progress} value={share} aria-label={words.files.uploading} />}
      {file && (
        <p className={styles.attached}>
          <Paperclip size={15} aria-hidden /> <span>{file.file_name}</span>
          <IconButton label={words.files.detach} icon={<X size={16} aria-hidden />} onClick={() => setFile(null)} />
        </p>
      )}
      <div className={styles.line}>
        {may("messages:send") && (
          <>
            <input
              ref={input}
              type="file"
              hidden
              accept={anyFile}
              aria-label={words.files.attach}
              onChange={(event) => {
                const chosen = event.target.files?.[0];
                event.target.value = ""; // the same file may be tried again
                if (chosen) void upload(chosen).then((brought) => brought && setFile(brought));
              }}
            />
            <IconButton
              className={styles.more ?? ""}
              label={words.files.attach}
              icon={<Paperclip size={18} aria-hidden />}
              disabled={share !== null}
              onClick={() => input.current?.click()}
            />
          </>
        )}
        {onTemplate && <IconButton className={styles.more ?? ""} label={texts.template.send} icon={<FileText size={18} aria-hidden />} onClick={onTemplate} />}
        <textarea
          ref={box}
          rows={1}
          maxLength={longest}
          aria-label={texts.write}
          placeholder={texts.write}
          title={texts.sendHint}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
        />
        <IconButton
          className={styles.send ?? ""}
          label={texts.send}
          icon={<SendHorizontal size={18} aria-hidden />}
          disabled={empty || busy || share !== null}
          onClick={send}
        />
      </div>
      {conversation.taken === null && !empty && <p className={styles.hint}>{texts.writingTakesOver}</p>}
    </div>
  );
}
