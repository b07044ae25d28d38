import { useState } from "react";
import type { Words } from "../../words/english";
import { asProblem, type ApiProblem } from "./problem";

/** One change at a time: whether it is under way, and why it was refused. */
export interface Act {
  busy: boolean;
  problem: ApiProblem | null;
  run: (work: () => Promise<void>) => void;
  forget: () => void;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const run = (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    work()
      .catch((failure: unknown) => setProblem(asProblem(failure)))
      .finally(() => setBusy(false));
  };
  return { busy, problem, run, forget: () => setProblem(null) };
}

/** What happened and what to do, with the id to quote where neither is in the person's hands. */
export function problemText(problem: ApiProblem, words: Words): string {
  const known = words.settings.problems[problem.type];
  if (known !== undefined) return known;
  // Why Meta refused is known to Meta alone.
  if (problem.type === "meta-refused" && problem.detail !== null) return problem.detail;
  const { titles, advice } = words.failures;
  const text = `${titles[problem.kind]}. ${advice[problem.kind]}`;
  const quoted = problem.kind === "server" || problem.kind === "unexpected";
  return quoted ? `${text} (${words.common.reference} ${problem.reference})` : text;
}

/** What the API says about one field of a form. */
export function fieldProblem(problem: ApiProblem | null, field: string): string | undefined {
  return problem?.errors.find((error) => error.field === field || error.field.startsWith(`${field}.`))?.message;
}

/** What is to be said above the form: nothing when it is said at one of its fields. */
export function formProblem(problem: ApiProblem | null, fields: readonly string[], words: Words): string | null {
  if (problem === null || fields.some((field) => fieldProblem(problem, field) !== undefined)) return null;
  return problemText(problem, words);
}
