/** A message as the log has it; `target` is the id of the one that it edits, deletes or reacts to. */
interface Logged {
  direction: "in" | "out";
  type: string;
  text: string | null;
  wamid: string | null;
  target: string | null;
}

export interface Corrections {
  edited: boolean;
  deleted: boolean;
  /** What each side reacts with. */
  reactions: string[];
}

/** Messages, oldest first, with edits, deletions and reactions folded into what they are about. What is
 * about a message that is not loaded stays a line of its own. */
export function withCorrections<M extends Logged>(messages: readonly M[]): (M & Corrections)[] {
  const shown: (M & Corrections)[] = [];
  const byId = new Map<string, M & Corrections>();
  const reactions = new Map<M & Corrections, Map<string, string>>();
  for (const message of messages) {
    const original = message.target === null ? undefined : byId.get(message.target);
    if (original === undefined) {
      const line = { ...message, edited: false, deleted: false, reactions: [] };
      shown.push(line);
      if (message.wamid !== null) byId.set(message.wamid, line);
    } else if (message.type === "edit") {
      original.edited = true;
      original.text = message.text;
    } else if (message.type === "revoke") {
      original.deleted = true;
    } else {
      const ofOriginal = reactions.get(original) ?? new Map<string, string>();
      if (message.text) ofOriginal.set(message.direction, message.text);
      else ofOriginal.delete(message.direction);
      reactions.set(original, ofOriginal);
      original.reactions = [...ofOriginal.values()];
    }
  }
  return shown;
}
