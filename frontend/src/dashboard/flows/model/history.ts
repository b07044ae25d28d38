/** Undo and redo of any value. Changes with the same name within a moment are one step. */

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last step was, so that typing a sentence is one. */
  last: { name: string; at: number } | null;
}

const deepest = 200;
const togetherMs = 1200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null };
}

/** `name` says what changed, such as "data:greeting"; null is a step of its own. */
export function changed<T>(history: History<T>, next: T, name: string | null, at: number): History<T> {
  if (next === history.present) return history;
  const goesOn = name !== null && history.last?.name === name && at - history.last.at <= togetherMs;
  return {
    past: goesOn ? history.past : [...history.past, history.present].slice(-deepest),
    present: next,
    future: [],
    last: name === null ? null : { name, at },
  };
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], last: null };
}

export function redone<T>(history: History<T>): History<T> {
  const [after, ...rest] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future: rest, last: null };
}
