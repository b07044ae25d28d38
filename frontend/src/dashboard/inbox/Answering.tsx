import { Bot, Clock, UserRound } from "lucide-react";
import { clockTime } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { useNow } from "../../design/useNow";
import { useWords } from "../../words/useWords";
import { useLookAgain } from "../api/lists";
import { useMay, useMe } from "../api/me";
import type { Conversation } from "../api/shapes";
import { problemText, useAct } from "../api/useAct";
import { useServices } from "../services";
import { useTeams } from "../teams/useTeams";
import { answererOf, timeLeftToAnswer } from "./answering";
import styles from "./Answering.module.css";
import { sinceText } from "./sinceText";
import { GiveTo } from "./GiveTo";
import { useColleagues } from "./useColleagues";

/** Who answers in this conversation, and the way to change that. */
export function Answering({ conversation }: { conversation: Conversation }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const now = useNow();
  const me = useMe().data?.user?.id ?? null;
  const colleagues = useColleagues();
  const team = useTeams()?.find(({ id }) => id === conversation.taken?.team)?.name;
  const mayReply = useMay()("conversations:reply");
  const lookAgain = useLookAgain(conversation.id);
  const act = useAct();
  const texts = words.answering;
  const { taken } = conversation;
  const answerer = answererOf(taken, me, [...colleagues.keys()]);
  const since = taken ? sinceText(taken.since, now, language, words) : "";
  const who = {
    bot: texts.by.bot,
    me: texts.by.me(since),
    colleague: texts.by.colleague(colleagues.get(taken?.by ?? "") ?? "", since),
    phone: texts.by.phone(since),
    program: texts.by.program(since),
    waiting: team ? texts.by.waitingForTeam(team, since) : texts.by.waiting(since),
  }[answerer];
  const left = conversation.has_window ? timeLeftToAnswer(conversation.open_until, now) : null;
  const change = (work: () => Promise<unknown>) =>
    act.run(async () => {
      await work();
      lookAgain();
    });
  return (
    <div className={styles.bar} role="group" aria-label={texts.whoAnswers} data-answerer={answerer}>
      {answerer === "bot" ? <Bot size={16} aria-hidden /> : <UserRound size={16} aria-hidden />}
      <p className={styles.who}>
        <span>{who}</span>
        {taken && <span className={styles.quiet}>{taken.back_at === null ? texts.silent : texts.backAt(clockTime(taken.back_at, language))}</span>}
        {left && !conversation.blocked && (
          <span className={styles.left}>
            <Clock size={13} aria-hidden /> {texts.timeLeft[left.unit](left.count)}
          </span>
        )}
      </p>
      {mayReply && <GiveTo taken={taken} me={me} onGive={(to) => change(() => api.replies.give(conversation.id, to))} />}
      {mayReply && answerer !== "me" && (
        <Button busy={act.busy} onClick={() => change(() => api.replies.takeOver(conversation.id))}>
          {texts.takeOver}
        </Button>
      )}
      {mayReply && (answerer === "me" || answerer === "colleague") && (
        <Button look={answerer === "me" ? "plain" : "quiet"} busy={act.busy} onClick={() => change(() => api.replies.handBack(conversation.id))}>
          {texts.handBack}
        </Button>
      )}
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
    </div>
  );
}
