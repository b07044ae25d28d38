import type { Message } from "../api/shapes";

/** Something one has just written, until the conversation shows it. */
export interface Pending {
  id: string;
  text: string;
  at: number;
  /** The number of the newest message when it was written; null in an empty conversation. */
  after: string | null;
}

/** Those that the conversation does not show yet: each message that came since accounts for one. */
export function stillPending(written: readonly Pending[], messages: readonly Message[]): Pending[] {
  const shown = messages.filter(({ direction, kind, type }) => direction === "out" && kind === "message" && type === "text");
  const used = new Set<string>();
  return written.filter(({ text, after }) => {
    const found = shown.find((each) => each.text === text && !used.has(each.id) && (after === null || Number(each.id) > Number(after)));
    if (found) used.add(found.id);
    return found === undefined;
  });
}
