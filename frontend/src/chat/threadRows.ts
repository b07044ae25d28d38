import { dayKey } from "./days";

interface Placed {
  at: number;
  direction: "in" | "out";
}

export interface ThreadRow<M> {
  message: M;
  /** True for the first message of a local day. */
  startsDay: boolean;
  /** True for the first of a run from one side: it wears the tail. */
  startsRun: boolean;
}

/** Messages, oldest first, with the places where a day or a run begins. */
export function threadRows<M extends Placed>(messages: readonly M[]): ThreadRow<M>[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = before === undefined || dayKey(before.at) !== dayKey(message.at);
    return { message, startsDay, startsRun: startsDay || before.direction !== message.direction };
  });
}
