import { SendHorizontal, Smile } from "lucide-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { IconButton } from "../design/Button";
import { useWords } from "../words/useWords";
import styles from "./Composer.module.css";
import { EmojiPicker } from "./EmojiPicker";

const longestText = 4096; // WhatsApp's limit for a text body

export function Composer({ onSend }: { onSend: (text: string) => void }) {
  const { words } = useWords();
  const [text, setText] = useState("");
  const [picking, setPicking] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const ready = text.trim() !== "";

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  const submit = (event?: SubmitEvent) => {
    event?.preventDefault();
    if (!ready) return;
    onSend(text.trim());
    setText("");
    setPicking(false);
    box.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setPicking(false);
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };

  const insert = (emoji: string) => {
    const area = box.current;
    const start = area?.selectionStart ?? text.length;
    const end = area?.selectionEnd ?? text.length;
    setText(text.slice(0, start) + emoji + text.slice(end));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(start + emoji.length, start + emoji.length);
    });
  };

  return (
    <form className={styles.composer} onSubmit={submit}>
      {picking && <EmojiPicker onPick={insert} />}
      <div className={styles.field}>
        <IconButton
          className={styles.smile ?? ""}
          label={words.phone.emoji}
          aria-expanded={picking}
          icon={<Smile size={22} aria-hidden />}
          onClick={() => setPicking(!picking)}
        />
        <textarea
          ref={box}
          rows={1}
          maxLength={longestText}
          aria-label={words.phone.message}
          placeholder={words.phone.message}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <IconButton
        type="submit"
        className={styles.send ?? ""}
        label={words.phone.send}
        disabled={!ready}
        icon={<SendHorizontal size={20} aria-hidden />}
      />
    </form>
  );
}
