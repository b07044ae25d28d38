import { MapPin, Paperclip, SendHorizontal, Smile } from "lucide-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { IconButton } from "../design/Button";
import { useWords } from "../words/useWords";
import styles from "./Composer.module.css";
import { EmojiPicker } from "./EmojiPicker";
import type { Gesture } from "./shapes";

const longestText = 4096; // WhatsApp's limit for a text body

interface ComposerProps {
  onSend: (text: string) => void;
  onAct: (gesture: Gesture) => void;
}

const monas = { latitude: -6.1754, longitude: 106.8272 };

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
}

export function Composer({ onSend, onAct }: ComposerProps) {
  const { words } = useWords();
  const [text, setText] = useState("");
  const [picking, setPicking] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
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

  const attach = async (files: FileList | null) => {
    const file = files?.[0];
    if (!file) return;
    const data = await base64Of(file);
    onAct({ media: { mime_type: file.type || "text/plain", data, filename: file.name } });
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
        <IconButton
          className={styles.smile ?? ""}
          label={words.phone.attach}
          icon={<Paperclip size={20} aria-hidden />}
          onClick={() => picker.current?.click()}
        />
        <IconButton
          className={styles.smile ?? ""}
          label={words.phone.place}
          icon={<MapPin size={20} aria-hidden />}
          onClick={() => onAct({ location: { ...monas, name: words.phone.placeName } })}
        />
        <input
          ref={picker}
          type="file"
          hidden
          onChange={(event) => {
            void attach(event.target.files);
            event.target.value = "";
          }}
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
