import { MessagesSquare } from "lucide-react";
import { useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useMedia } from "../../design/useMedia";
import { Unpicked } from "../../design/Unpicked";
import { useWords } from "../../words/useWords";
import { useConversations, useOneConversation } from "../api/lists";
import { conversationParameter, conversationPath } from "../paths";
import { ContactPanel } from "./ContactPanel";
import { ConversationList } from "./ConversationList";
import styles from "./InboxPage.module.css";
import { isTyping, neighbour } from "./neighbour";
import { TeamFilter } from "./TeamFilter";
import { Thread } from "./Thread";

const detailsKey = "kabar.details";

export function InboxPage() {
  const { words } = useWords();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const conversationId = parameters.get(conversationParameter) ?? undefined;
  const [team, setTeam] = useState<string | null>(null);
  const list = useConversations(team);
  // Beside the messages the details stay until folded; over them they come only when asked for.
  const roomForDetails = useMedia("(min-width: 1081px)");
  const [besideShown, setBesideShown] = useState(() => localStorage.getItem(detailsKey) !== "hidden");
  const [overFor, setOverFor] = useState<string | null>(null);
  const { items } = list;
  const listed = items?.find(({ id }) => id === conversationId);
  const conversation = useOneConversation(listed === undefined && items !== undefined ? conversationId : undefined) ?? listed;

  const detailsShown = roomForDetails ? besideShown : overFor !== null && overFor === conversationId;

  const toggleDetails = () => {
    if (!roomForDetails) {
      setOverFor(detailsShown ? null : (conversationId ?? null));
      return;
    }
    localStorage.setItem(detailsKey, detailsShown ? "hidden" : "shown");
    setBesideShown(!detailsShown);
  };

  useEffect(() => {
    const steps: Record<string, 1 | -1> = { j: 1, k: -1 };
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const next = neighbour(items?.map(({ id }) => id) ?? [], conversationId, step);
      if (next !== undefined) void navigate(conversationPath(next));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [conversationId, items, navigate]);

  const open = conversationId !== undefined;
  return (
    <div className={styles.inbox} data-open={open} data-details={open && detailsShown}>
      <section className={styles.list} aria-label={words.inbox.conversations}>
        <header className={styles.head}>
          <h1>{words.frame.inbox}</h1>
          <TeamFilter team={team} onChange={setTeam} />
          <span className={list.problem ? styles.still : styles.live}>
            {list.problem ? words.frame.notLive : words.frame.live}
          </span>
        </header>
        <div className={styles.scroll}>
          <ConversationList list={list} chosenId={conversationId} empty={team === null ? words.inbox : words.inbox.teams} />
        </div>
      </section>
      {open ? (
        <>
          <Thread
            key={conversationId}
            conversationId={conversationId}
            conversation={conversation}
            detailsShown={detailsShown}
            onToggleDetails={toggleDetails}
          />
          {detailsShown && conversation && <ContactPanel conversation={conversation} onClose={toggleDetails} />}
        </>
      ) : (
        <Unpicked icon={MessagesSquare} text={words.inbox.pick} keysDo={words.inbox.pickKeys} keys={["j", "k"]} />
      )}
    </div>
  );
}
