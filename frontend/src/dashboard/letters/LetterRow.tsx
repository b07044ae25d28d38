import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { fullTime, listTime } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { SkeletonRows } from "../../design/Skeleton";
import { useNow } from "../../design/useNow";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { problemText } from "../api/useAct";
import { JsonView } from "../inspection/JsonView";
import { campaignPath, conversationPath } from "../paths";
import { useServices } from "../services";
import settings from "../settings/Settings.module.css";
import table from "../settings/Table.module.css";
import type { Letter } from "./letterCalls";
import styles from "./Letters.module.css";
import { letterKey } from "./lettersKey";

interface LetterRowProps {
  letter: Letter;
  chosen: boolean;
  /** Left out where one may only look. */
  onChoose?: (on: boolean) => void;
}

export function LetterRow({ letter, chosen, onChoose }: LetterRowProps) {
  const { words, language } = useWords();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const texts = words.letters;
  const name = texts.queues[letter.queue] ?? letter.queue;
  const why = texts.explained[letter.cause] ?? (letter.reason && reasonOf(letter.reason, words));
  return (
    <li className={styles.letter} data-chosen={chosen} aria-label={name}>
      {onChoose && (
        <label className={styles.choose}>
          <input
            type="checkbox"
            checked={chosen}
            disabled={letter.in_hand}
            aria-label={texts.choose(name)}
            onChange={(event) => onChoose(event.target.checked)}
          />
        </label>
      )}
      <div className={styles.about}>
        <p className={styles.what}>
          <strong>{name}</strong>
          {letter.in_hand && <span className={table.badge}>{texts.inHand}</span>}
          <time dateTime={new Date(letter.filed_at).toISOString()} title={fullTime(letter.filed_at, language)}>
            {listTime(letter.filed_at, now, language, words)}
          </time>
        </p>
        <p>
          <span className={styles.cause}>{texts.causes[letter.cause] ?? letter.cause}</span>
          {letter.error !== null && (
            <>
              {" "}
              <code className={settings.code}>{letter.error}</code>
            </>
          )}
          {letter.receives > 0 && <span className={table.quiet}> · {texts.tries(letter.receives)}</span>}
        </p>
        {why !== null && <p className={styles.why}>{why}</p>}
        <p className={styles.ways}>
          <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
            {open ? texts.hide : texts.show}
          </Button>
          {letter.channel !== null && letter.contact !== null && (
            <Link className={settings.link} to={conversationPath(`${letter.channel}.${letter.contact}`)}>
              {texts.openConversation}
            </Link>
          )}
          {letter.campaign !== null && (
            <Link className={settings.link} to={campaignPath(letter.campaign)}>
              {texts.openCampaign}
            </Link>
          )}
        </p>
        {open && <Body id={letter.id} />}
      </div>
    </li>
  );
}

function Body({ id }: { id: string }) {
  const { words } = useWords();
  const { api } = useServices();
  const texts = words.letters;
  const query = useQuery({
    queryKey: letterKey(id),
    queryFn: ({ signal }) => api.letters.get(id, signal),
    staleTime: Infinity,
  });
  if (query.error) {
    const problem = asProblem(query.error);
    return <Failure>{problem.kind === "not-found" ? texts.gone : problemText(problem, words)}</Failure>;
  }
  if (!query.data) return <SkeletonRows rows={3} label={words.common.loading} />;
  return (
    <div className={styles.body}>
      <JsonView title={texts.body} value={asJson(query.data.body)} />
    </div>
  );
}

/** What is no JSON is shown as the text that it is. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
