import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { ProgressBar } from "../../design/ProgressBar";
import { useWords } from "../../words/useWords";
import { problemText, useAct } from "../api/useAct";
import { durationText } from "../exports/timeLeft";
import { useServices } from "../services";
import type { LetterJob } from "./letterCalls";
import styles from "./Letters.module.css";
import { letterJobsKey, lettersKey } from "./lettersKey";

const readEveryMs = 1500;
const isOpen = ({ state }: LetterJob) => state === "waiting" || state === "running";

/** Orders that are under way, and the last one's end. */
export function LetterJobs({ canStop }: { canStop: boolean }) {
  const { api } = useServices();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: letterJobsKey,
    queryFn: ({ signal }) => api.letters.jobs(signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? readEveryMs : false),
  });
  const jobs = query.data?.items ?? [];
  const gone = jobs.reduce((sum, { done, skipped }) => sum + done + skipped, 0);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (!query.data) return;
    if (before.current !== null && gone > before.current) void client.invalidateQueries({ queryKey: lettersKey });
    before.current = gone;
  }, [query.data, gone, client]);

  const shown = jobs.filter((job, place) => isOpen(job) || place === 0);
  return (
    <>
      {shown.map((job) => (
        <Job key={job.id} job={job} canStop={canStop} />
      ))}
    </>
  );
}

function Job({ job, canStop }: { job: LetterJob; canStop: boolean }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const act = useAct();
  const texts = words.letters;
  if (!isOpen(job)) {
    return (
      <p className={styles.ended} role="status">
        {texts.ended[job.kind](job.done)} {job.skipped > 0 && texts.skipped(job.skipped)}{" "}
        {job.state === "stopped" && texts.stopped}
      </p>
    );
  }
  const gone = job.done + job.skipped;
  const left = words.imports.left(durationText(((job.total ?? gone) - gone) / job.per_second, words));
  const stop = () =>
    act.run(async () => {
      await api.letters.stop(job.id);
      await client.invalidateQueries({ queryKey: letterJobsKey });
    });
  return (
    <div className={styles.job}>
      <strong>{texts.job[job.kind]}</strong>
      <ProgressBar
        label={texts.job[job.kind] ?? job.kind}
        done={gone}
        total={job.total}
        text={job.total === null ? texts.counting : [texts.progress(gone, job.total), texts.pace(job.per_second), left].join(" · ")}
      />
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {canStop && (
        <Button look="quiet" busy={act.busy} onClick={stop}>
          {texts.stop}
        </Button>
      )}
    </div>
  );
}
