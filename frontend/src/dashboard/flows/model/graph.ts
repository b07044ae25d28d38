/** What can be done to a flow. Every function answers a new flow and leaves the given one alone. */
import { edgeId, exitOf, type JsonObject, type Point, type StickyNote, type StoredEdge, type StoredFlow, type StoredNode } from "./storedFlow";

const grid = 8;

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid };
}

/** A name that is free: the kind's own, counted up. */
export function freeId(taken: ReadonlySet<string>, wanted: string): string {
  const base = wanted.replace(/_\d+$/, "");
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base}_${count}`)) count += 1;
  return `${base}_${count}`;
}

export function idsOf(flow: StoredFlow): Set<string> {
  return new Set(flow.nodes.map(({ id }) => id));
}

/** The first node of a flow becomes its start. */
export function addNode(flow: StoredFlow, node: StoredNode): StoredFlow {
  const placed = node.position ? { ...node, position: snapped(node.position) } : node;
  return { ...flow, start: flow.start || node.id, nodes: [...flow.nodes, placed] };
}

export function connect(flow: StoredFlow, source: string, exit: string, target: string): StoredFlow {
  const edge: StoredEdge = { id: edgeId(source, exit), source, sourceHandle: exit, target };
  const others = flow.edges.filter((each) => each.source !== source || exitOf(each) !== exit);
  return { ...flow, edges: [...others, edge] };
}

export function disconnect(flow: StoredFlow, ids: ReadonlySet<string>): StoredFlow {
  return { ...flow, edges: flow.edges.filter((edge) => !ids.has(edgeId(edge.source, exitOf(edge)))) };
}

/** What led through the node when only one way did: in at the front, out at its only exit. */
function healed(flow: StoredFlow, gone: ReadonlySet<string>): StoredEdge[] {
  const onward = (id: string, seen: Set<string>): string | null => {
    if (!gone.has(id)) return id;
    const out = flow.edges.filter((edge) => edge.source === id);
    if (out.length !== 1 || out[0] === undefined || seen.has(id)) return null;
    return onward(out[0].target, new Set([...seen, id]));
  };
  return flow.edges.flatMap((edge) => {
    if (gone.has(edge.source)) return [];
    const target = onward(edge.target, new Set());
    return target === null ? [] : [target === edge.target ? edge : { ...edge, target }];
  });
}

/** The ways around what is removed are kept where there is only one. */
export function removeNodes(flow: StoredFlow, gone: ReadonlySet<string>): StoredFlow {
  const nodes = flow.nodes.filter(({ id }) => !gone.has(id));
  const edges = healed(flow, gone);
  const after = flow.edges.find((edge) => edge.source === flow.start)?.target ?? "";
  const start = !gone.has(flow.start) ? flow.start : nodes.some(({ id }) => id === after) ? after : (nodes[0]?.id ?? "");
  return { ...flow, start, nodes, edges };
}

/** Edges of exits that the changed node no longer has are dropped. */
export function changeData(flow: StoredFlow, id: string, data: JsonObject, exits: readonly string[]): StoredFlow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => (node.id === id ? { ...node, data } : node)),
    edges: flow.edges.filter((edge) => edge.source !== id || exits.includes(exitOf(edge))),
  };
}

/** Where exactly one exit was renamed, its edge goes along. */
export function followExits(flow: StoredFlow, id: string, before: readonly string[], after: readonly string[]): StoredFlow {
  const gone = before.filter((exit) => !after.includes(exit));
  const come = after.filter((exit) => !before.includes(exit));
  const [from] = gone;
  const [to] = come;
  if (gone.length !== 1 || come.length !== 1 || from === undefined || to === undefined) return flow;
  return {
    ...flow,
    edges: flow.edges.map((edge) =>
      edge.source === id && exitOf(edge) === from ? { ...edge, id: edgeId(id, to), sourceHandle: to } : edge,
    ),
  };
}

export function changeTitle(flow: StoredFlow, id: string, title: string): StoredFlow {
  return {
    ...flow,
    nodes: flow.nodes.map((node) => {
      if (node.id !== id) return node;
      const { title: _before, ...rest } = node;
      return title === "" ? rest : { ...rest, title };
    }),
  };
}

export function moveNodes(flow: StoredFlow, places: ReadonlyMap<string, Point>): StoredFlow {
  const place = <T extends { id: string; position?: Point }>(each: T): T => {
    const position = places.get(each.id);
    return position ? { ...each, position } : each;
  };
  const start = places.get(startCard);
  const canvas = {
    ...flow.canvas,
    ...(flow.canvas?.notes ? { notes: flow.canvas.notes.map(place) } : {}),
    ...(start ? { start } : {}),
  };
  return { ...flow, nodes: flow.nodes.map(place), canvas };
}

/** The card that holds the triggers and leads to the start; no id of a node holds a colon. */
export const startCard = "start:";

export function notesOf(flow: StoredFlow): StickyNote[] {
  return flow.canvas?.notes ?? [];
}

export function setNotes(flow: StoredFlow, notes: StickyNote[]): StoredFlow {
  return { ...flow, canvas: { ...flow.canvas, notes } };
}

export function changeNote(flow: StoredFlow, id: string, change: Partial<StickyNote>): StoredFlow {
  return setNotes(flow, notesOf(flow).map((note) => (note.id === id ? { ...note, ...change } : note)));
}

/** Removes what was chosen, of every sort. */
export function removeChosen(flow: StoredFlow, chosen: ReadonlySet<string>): StoredFlow {
  const nodes = new Set(flow.nodes.filter(({ id }) => chosen.has(id)).map(({ id }) => id));
  const without = nodes.size > 0 ? removeNodes(flow, nodes) : flow;
  const notes = notesOf(without);
  const kept = notes.filter(({ id }) => !chosen.has(id));
  const lighter = kept.length < notes.length ? setNotes(without, kept) : without;
  const edges = new Set([...chosen].filter((id) => flow.edges.some((edge) => edgeId(edge.source, exitOf(edge)) === id)));
  return edges.size > 0 ? disconnect(lighter, edges) : lighter;
}

/** Where a node without a place of its own is drawn: in columns by distance from the start. */
export function withPlaces(flow: StoredFlow): StoredFlow {
  if (flow.nodes.every(({ position }) => position !== undefined)) return flow;
  return {
    ...flow,
    nodes: flow.nodes.map((node, index) => (node.position ? node : { ...node, position: { x: (index % 5) * 360, y: Math.floor(index / 5) * 280 } })),
  };
}
