import { useQueryClient } from "@tanstack/react-query";
import { Ban, CalendarClock } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/Button";
import { useNow } from "../../design/useNow";
import { useWords } from "../../words/useWords";
import { useLookAgain } from "../api/lists";
import { useMay } from "../api/me";
import type { Conversation } from "../api/shapes";
import { problemText, useAct } from "../api/useAct";
import { rereadContact } from "../contacts/useContacts";
import { useServices } from "../services";
import { obstacleOf, type Obstacle } from "./answering";
import styles from "./Composer.module.css";
import { SendTemplateDialog } from "./SendTemplateDialog";
import { WriteBox } from "./WriteBox";

interface ComposerProps {
  conversation: Conversation;
  /** Shown at once; the answer takes it back where the message was refused. */
  onWritten: (text: string) => () => void;
}

/** Where a person writes to the customer, or why nobody can right now, and what can be done about it. */
export function Composer({ conversation, onWritten }: ComposerProps) {
  const now = useNow();
  const [choosing, setChoosing] = useState(false);
  const lookAgain = useLookAgain(conversation.id);
  const obstacle = obstacleOf(conversation, now);
  const choose = () => setChoosing(true);
  return (
    <>
      {obstacle === null ? (
        <WriteBox conversation={conversation} onWritten={onWritten} onTemplate={conversation.has_window ? choose : null} />
      ) : (
        <ObstacleBar conversation={conversation} obstacle={obstacle} onTemplate={choose} />
      )}
      {choosing && (
        <SendTemplateDialog
          conversation={conversation}
          onClose={() => setChoosing(false)}
          onSent={() => {
            setChoosing(false);
            lookAgain();
          }}
        />
      )}
    </>
  );
}

function ObstacleBar({ conversation, obstacle, onTemplate }: { conversation: Conversation; obstacle: Obstacle; onTemplate: () => void }) {
  const { words } = useWords();
  const texts = words.answering;
  const { api } = useServices();
  const client = useQueryClient();
  const may = useMay();
  const act = useAct();
  const lookAgain = useLookAgain(conversation.id);
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
      {obstacle === "window-closed" && <Button onClick={onTemplate}>{texts.template.send}</Button>}
    </div>
  );
}
