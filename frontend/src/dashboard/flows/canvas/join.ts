import { connect, startCard } from "../model/graph";
import type { StoredFlow } from "../model/storedFlow";

/** Joins an exit, or the start card, with a node. */
export function join(flow: StoredFlow, source: string, exit: string, target: string): StoredFlow {
  return source === startCard ? { ...flow, start: target } : connect(flow, source, exit, target);
}
