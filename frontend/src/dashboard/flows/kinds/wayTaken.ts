import { defaultExit, edgeId, type StoredNode } from "../model/storedFlow";
import { kindOf } from "./kinds";

/**
 * The edge that leads on from an exit, as the engine follows it: one that the step's data name (an
 * option, a case) goes by `default` without an edge of its own. `edges` are the ids of those there are.
 */
export function wayTaken({ id, type }: Pick<StoredNode, "id" | "type">, exit: string, edges: ReadonlySet<string>): string | null {
  const own = edgeId(id, exit);
  if (edges.has(own)) return own;
  const usual = edgeId(id, defaultExit);
  const isNamed = !(kindOf(type)?.exits.includes(exit) ?? true);
  return isNamed && edges.has(usual) ? usual : null;
}
