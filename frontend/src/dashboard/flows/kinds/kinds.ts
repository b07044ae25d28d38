/** What there is to know about a step from its kind. */
import type { Words } from "../../../words/english";
import { freeId } from "../model/graph";
import type { StoredNode } from "../model/storedFlow";
import { groups, stepTable, type StepKind } from "./stepTable";

export { groups };
export const kinds = stepTable;
const byType = new Map(kinds.map((kind) => [kind.type, kind]));

export function kindOf(type: string): StepKind | undefined {
  return byType.get(type);
}

/** In the order they are drawn: what the data names first, then what always is. */
export function exitsOf({ type, data }: StoredNode): readonly string[] {
  const kind = byType.get(type);
  if (!kind) return ["default"];
  const unused = new Set(kind.unused?.(data));
  return [...new Set([...(kind.named?.(data) ?? []), ...kind.exits])].filter((exit) => !unused.has(exit));
}

export function nameOf({ type, title }: Pick<StoredNode, "type" | "title">, words: Words): string {
  return title || (words.flows.kinds[type]?.name ?? type);
}

export function newStep(type: string, taken: ReadonlySet<string>): StoredNode {
  return { id: freeId(taken, type), type, data: byType.get(type)?.fresh() ?? {} };
}

export function matchingKinds(query: string, words: Words): readonly StepKind[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return kinds;
  const told = ({ type }: StepKind) => words.flows.kinds[type];
  const named = kinds.filter((kind) => told(kind)?.name.toLowerCase().includes(wanted));
  const meant = kinds.filter((kind) => !named.includes(kind) && `${kind.type} ${told(kind)?.lead ?? ""}`.toLowerCase().includes(wanted));
  return [...named, ...meant];
}
