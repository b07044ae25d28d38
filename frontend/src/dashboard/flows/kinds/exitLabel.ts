import type { Words } from "../../../words/english";
import { textFor } from "../inspector/localText";
import type { Json, StoredNode } from "../model/storedFlow";

const object = (value: Json | undefined) => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});

/** What an exit is called: the option that is chosen, the case, or when it is taken. */
export function exitLabel({ type, data }: StoredNode, exit: string, words: Words): string {
  if (type === "ask") {
    const options = object(data.answer).options;
    const option = Array.isArray(options) ? options.map(object).find(({ id }) => id === exit) : undefined;
    const title = option ? textFor(option.title, null).own : "";
    if (title !== "") return title;
  }
  const named = words.flows.exitsOf[`${type}.${exit}`] ?? words.flows.exits[exit];
  return named ?? exit;
}
