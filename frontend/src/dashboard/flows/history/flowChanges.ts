/** How two states of a flow differ, in words. Places on the canvas do not count. */
import type { Words } from "../../../words/english";
import { exitLabel } from "../kinds/exitLabel";
import { nameOf } from "../kinds/kinds";
import { edgeId, exitOf, type Json, type StoredFlow, type StoredNode } from "../model/storedFlow";

export interface ShownChange {
  title: string;
  before: string | null;
  after: string | null;
}

function written(value: Json | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function flowChanges(before: StoredFlow, after: StoredFlow, words: Words): ShownChange[] {
  const texts = words.flows.history;
  const changes: ShownChange[] = [];
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const nameIn = (nodes: Map<string, StoredNode>, id: string) => {
    const node = nodes.get(id);
    return node ? nameOf(node, words) : id;
  };
  if (before.name !== after.name) changes.push({ title: texts.name, before: before.name, after: after.name });
  if (!same(before.triggers ?? [], after.triggers ?? [])) {
    changes.push({ title: words.flows.triggers.title, before: written(before.triggers ?? []), after: written(after.triggers ?? []) });
  }
  if (before.start !== after.start && old.has(before.start)) {
    changes.push({ title: texts.start, before: nameIn(old, before.start), after: nameIn(now, after.start) });
  }
  for (const node of before.nodes) if (!now.has(node.id)) changes.push({ title: texts.removed, before: nameOf(node, words), after: null });
  for (const node of after.nodes) {
    const earlier = old.get(node.id);
    if (!earlier) {
      changes.push({ title: texts.added, before: null, after: nameOf(node, words) });
      continue;
    }
    const fields = [...new Set([...Object.keys(earlier.data), ...Object.keys(node.data)])];
    for (const field of fields) {
      if (same(earlier.data[field], node.data[field])) continue;
      const label = words.flows.fields[field] ?? field;
      changes.push({ title: `${nameOf(node, words)}: ${label}`, before: written(earlier.data[field]), after: written(node.data[field]) });
    }
  }
  const ways = (flow: StoredFlow) => new Map(flow.edges.map((edge) => [edgeId(edge.source, exitOf(edge)), edge]));
  const waysBefore = ways(before);
  const waysAfter = ways(after);
  for (const id of new Set([...waysBefore.keys(), ...waysAfter.keys()])) {
    const left = waysBefore.get(id);
    const right = waysAfter.get(id);
    const edge = right ?? left;
    const node = edge && (now.get(edge.source) ?? old.get(edge.source));
    if (!node || !now.has(node.id) || left?.target === right?.target) continue;
    changes.push({
      title: texts.way(nameOf(node, words), exitLabel(node, exitOf(edge), words)),
      before: left ? nameIn(old, left.target) : null,
      after: right ? nameIn(now, right.target) : null,
    });
  }
  return changes;
}
