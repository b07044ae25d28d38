/** The way that a conversation has gone through a flow, for the canvas to light up. */
import { wayTaken } from "../kinds/wayTaken";
import { startCard } from "../model/graph";
import { defaultExit, edgeId, exitOf, type StoredFlow } from "../model/storedFlow";
import type { Lit, Marks } from "./views";

interface Passed {
  node: string;
  exit?: string | null;
}

/** `visits` are of this flow alone; `here` is where it stands, the last of them without it. */
export function litPath(visits: readonly Passed[], here: string | undefined, flow: Pick<StoredFlow, "nodes" | "edges">): Marks["path"] {
  const path = new Map<string, Exclude<Lit, null>>();
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const edges = new Set(flow.edges.map((edge) => edgeId(edge.source, exitOf(edge))));
  if (visits.length > 0) path.set(edgeId(startCard, defaultExit), "passed");
  for (const visit of visits) {
    path.set(visit.node, "passed");
    const node = nodes.get(visit.node);
    const way = node && visit.exit ? wayTaken(node, visit.exit, edges) : null;
    if (way !== null) path.set(way, "passed");
  }
  const last = here ?? visits.at(-1)?.node;
  if (last !== undefined) path.set(last, "now");
  return path;
}
