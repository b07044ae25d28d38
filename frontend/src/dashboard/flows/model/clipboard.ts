/** A piece of a flow as text, so that it can be carried to another flow or kept in a file. */
import { addNode, connect, freeId, idsOf, notesOf, setNotes } from "./graph";
import { exitOf, type Point, type StickyNote, type StoredEdge, type StoredFlow, type StoredNode } from "./storedFlow";

const mark = "kabar/flow-piece";

export interface FlowPiece {
  nodes: StoredNode[];
  edges: StoredEdge[];
  notes: StickyNote[];
}

export function pieceOf(flow: StoredFlow, chosen: ReadonlySet<string>): FlowPiece {
  return {
    nodes: flow.nodes.filter(({ id }) => chosen.has(id)),
    edges: flow.edges.filter(({ source, target }) => chosen.has(source) && chosen.has(target)),
    notes: notesOf(flow).filter(({ id }) => chosen.has(id)),
  };
}

export function isEmpty(piece: FlowPiece): boolean {
  return piece.nodes.length === 0 && piece.notes.length === 0;
}

export function pieceToText(piece: FlowPiece): string {
  return JSON.stringify({ kind: mark, ...piece });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNode = (value: unknown): value is StoredNode =>
  isRecord(value) && typeof value.id === "string" && typeof value.type === "string" && isRecord(value.data);

const isEdge = (value: unknown): value is StoredEdge =>
  isRecord(value) && typeof value.source === "string" && typeof value.target === "string";

const isNote = (value: unknown): value is StickyNote =>
  isRecord(value) && typeof value.id === "string" && typeof value.text === "string" && isRecord(value.position) && isRecord(value.size);

const listOf = <T>(value: unknown, is: (each: unknown) => each is T): T[] => (Array.isArray(value) ? value.filter(is) : []);

/** Null for any text that is no piece of a flow. */
export function pieceFromText(text: string): FlowPiece | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value.kind !== mark) return null;
  const piece = { nodes: listOf(value.nodes, isNode), edges: listOf(value.edges, isEdge), notes: listOf(value.notes, isNote) };
  return isEmpty(piece) ? null : piece;
}

function corner(piece: FlowPiece): Point {
  const places = [...piece.nodes, ...piece.notes].map(({ position }) => position ?? { x: 0, y: 0 });
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

/** Puts a piece with its top left corner at `at`, under ids that are free. Answers what was put. */
export function paste(flow: StoredFlow, piece: FlowPiece, at: Point): { flow: StoredFlow; put: Set<string> } {
  const from = corner(piece);
  const moved = (place: Point | undefined): Point => ({ x: (place?.x ?? 0) - from.x + at.x, y: (place?.y ?? 0) - from.y + at.y });
  const taken = idsOf(flow);
  const names = new Map<string, string>();
  let next = flow;
  for (const node of piece.nodes) {
    const id = freeId(taken, node.id);
    taken.add(id);
    names.set(node.id, id);
    next = addNode(next, { ...node, id, position: moved(node.position) });
  }
  for (const edge of piece.edges) {
    const source = names.get(edge.source);
    const target = names.get(edge.target);
    if (source !== undefined && target !== undefined) next = connect(next, source, exitOf(edge), target);
  }
  const notes = piece.notes.map((note) => ({ ...note, id: newNoteId(), position: moved(note.position) }));
  if (notes.length > 0) next = setNotes(next, [...notesOf(next), ...notes]);
  return { flow: next, put: new Set([...names.values(), ...notes.map(({ id }) => id)]) };
}

export function newNoteId(): string {
  return `note:${crypto.randomUUID()}`;
}
