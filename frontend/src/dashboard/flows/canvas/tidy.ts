/** A tidy layout: what comes first on the left, and nothing on top of anything else. */
import dagre from "@dagrejs/dagre";
import { snapped, startCard } from "../model/graph";
import type { Point, StoredFlow } from "../model/storedFlow";

export interface Size {
  width: number;
  height: number;
}

/** What is laid out, and how large each is drawn; what is not known has the usual size. */
export interface TidyAsked {
  flow: Pick<StoredFlow, "start" | "nodes" | "edges">;
  sizes: ReadonlyMap<string, Size>;
}

export const usualSize: Size = { width: 264, height: 140 };

/** Places for the start card and every node. Some hundred nodes take a second. */
export function tidyPlaces(flow: TidyAsked["flow"], sizes: TidyAsked["sizes"]): Map<string, Point> {
  const sizeOf = (id: string) => sizes.get(id) ?? usualSize;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 40, ranksep: 88, edgesep: 8, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = [startCard, ...flow.nodes.map(({ id }) => id)];
  for (const id of ids) graph.setNode(id, { ...sizeOf(id) });
  if (flow.start !== "") graph.setEdge(startCard, flow.start);
  for (const { source, target } of flow.edges) if (source !== target) graph.setEdge(source, target);
  dagre.layout(graph);
  return new Map(
    ids.map((id) => {
      const { x, y } = graph.node(id) as Point;
      const { width, height } = sizeOf(id);
      return [id, snapped({ x: x - width / 2, y: y - height / 2 })];
    }),
  );
}
