import { useQueryClient } from "@tanstack/react-query";
import { Ban, CalendarClock, SendHorizontal } from "lucide-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Button, IconButton } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { useNow } from "../../design/useNow";
import { useWords } from "../../words/useWords";
import { useLookAgain } from "../api/lists";
import { useMay } from "../api/me";
import { asProblem, type ApiProblem } from "../api/problem";
import type { Conversation } from "../api/shapes";
import { problemText, useAct } from "../api/useAct";
import { rereadContact } from "../contacts/useContacts";
import { useServices } from "../services";
import { obstacleOf } from "./answering";
import styles from "./Composer.module.css";

const longest = 4096; // as WhatsApp takes it

interface ComposerProps {
  conversation: Conversation;
  /** Shown at once; the answer takes it back where the message was refused. */
  onWritten: (text: string) => () => void;
}

/** Where a person writes to the customer, or why nobody can right now. */
export function Composer({ conversation, onWritten }: ComposerProps) {
  const { words } = useWords();
  const now = useNow();
  const texts = words.answering;
  const { api } = useServices();
  const client = useQueryClient();
  const may = useMay();
  const act = useAct();
  const lookAgain = useLookAgain(conversation.id);
  const obstacle = obstacleOf(conversation, now);
  if (obstacle === null) return <TextBox conversation={conversation} onWritten={onWritten} />;
  const unblock = (contact: string) =>
    act.run(async () => {
      await api.contacts.setBlocked(contact, false);
      await rereadContact(client, contact);
      lookAgain();
    });
  const { contact_id: record } = conversation;
  const text = obstacle === "window-closed" && conversation.open_until === null ? texts.neverWrote : texts.obstacles[obstacle];
  return (
    <div className={styles.obstacle} role="note">
      {obstacle === "blocked" ? <Ban size={16} aria-hidden /> : <CalendarClock size={16} aria-hidden />}
      <p>{act.problem ? problemText(act.problem, words) : text}</p>
      {obstacle === "blocked" && record !== null && may("contacts:edit") && (
        <Button busy={act.busy} onClick={() => unblock(record)}>
          {texts.unblock}
        </Button>
      )}
    </div>
  );
}

function TextBox({ conversation, onWritten }: ComposerProps) {
  const { words } = useWords();
  const { api } = useServices();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const lookAgain = useLookAgain(conversation.id);
  const box = useRef<HTMLTextAreaElement>(null);
  const texts = words.answering;
  const body = text.trim();

  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);

  const send = () => {
    if (body === "") return;
    const takeBack = onWritten(body);
    setText("");
    setProblem(null);
    api.replies.write(conversation.id, { type: "text", text: { body } }).then(lookAgain, (failure: unknown) => {
      takeBack();
      setText((typed) => (typed === "" ? body : typed)); // nothing written is lost
      setProblem(asProblem(failure));
    });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={styles.composer}>
      {problem && <Failure>{problem.errors[0]?.message ?? problemText(problem, words)}</Failure>}
      <div className={styles.line}>
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
        <IconButton className={styles.send ?? ""} label={texts.send} icon={<SendHorizontal size={18} aria-hidden />} disabled={body === ""} onClick={send} />
      </div>
      {conversation.taken === null && body !== "" && <p className={styles.hint}>{texts.writingTakesOver}</p>}
    </div>
  );
}
