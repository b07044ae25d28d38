/**
 * What React Flow draws, made from a stored flow. What has not changed keeps its identity, so that
 * a change of one node draws one node, however many there are.
 */
import type { Edge, Node } from "@xyflow/react";
import { wayTaken } from "../kinds/wayTaken";
import { notesOf, startCard } from "../model/graph";
import { defaultExit, edgeId, exitOf, type Point, type StickyNote, type StoredFlow, type StoredNode } from "../model/storedFlow";
import type { Finding, NodeActivity } from "../flowShapes";
import type { Box } from "../routing/route";
import type { Size } from "./tidy";

export type Lit = "now" | "passed" | null;

export interface StepData extends Record<string, unknown> {
  step: StoredNode;
  findings: readonly Finding[] | null;
  activity: NodeActivity | null;
  lit: Lit;
  readOnly: boolean;
}

export interface NoteData extends Record<string, unknown> {
  note: StickyNote;
  readOnly: boolean;
}

export interface StartData extends Record<string, unknown> {
  flow: Pick<StoredFlow, "triggers">;
}

export type StepView = Node<StepData, "step">;
export type NoteView = Node<NoteData, "note">;
export type StartView = Node<StartData, "start">;
export type NodeView = StepView | NoteView | StartView;

export interface EdgeData extends Record<string, unknown> {
  /** One of its ends is being dragged: routed when it rests. */
  loose: boolean;
  lit: boolean;
  /** How many went this way; null where nothing is counted. */
  count: number | null;
  /** Of those who entered the node that it leaves, between 0 and 1. */
  share: number;
}

export type EdgeView = Edge<EdgeData, "way">;

/** What is drawn on top of a flow. */
export interface Marks {
  findings: ReadonlyMap<string, readonly Finding[]>;
  activity: Readonly<Record<string, NodeActivity>> | null;
  /** Nodes and edges on the simulator's path. */
  path: ReadonlyMap<string, Exclude<Lit, null>>;
}

export interface Drawn {
  flow: StoredFlow;
  selection: ReadonlySet<string>;
  moving: ReadonlyMap<string, Point>;
  sizes: ReadonlyMap<string, Size>;
  marks: Marks;
  readOnly: boolean;
}

const startGap = 320;

function startPlace(flow: StoredFlow): Point {
  const first = flow.nodes.find(({ id }) => id === flow.start)?.position;
  return flow.canvas?.start ?? (first ? { x: first.x - startGap, y: first.y } : { x: 0, y: 0 });
}

/** How many left by an edge: by its exit, and by those that lead nowhere else. */
function countOf(edge: string, step: StoredNode | undefined, activity: NodeActivity | undefined, led: ReadonlySet<string>): number {
  if (!step || !activity) return 0;
  return Object.entries(activity.exits).reduce((sum, [exit, count]) => sum + (wayTaken(step, exit, led) === edge ? count : 0), 0);
}

/** Remembers by name what was made of the same parts. */
class Remembered<T> {
  private known = new Map<string, { parts: readonly unknown[]; made: T }>();
  private next = new Map<string, { parts: readonly unknown[]; made: T }>();

  take(name: string, parts: readonly unknown[], make: () => T): T {
    const before = this.known.get(name);
    const same = before?.parts.every((part, index) => Object.is(part, parts[index])) ?? false;
    const entry = before && same ? before : { parts, made: make() };
    this.next.set(name, entry);
    return entry.made;
  }

  /** Forgets what was not taken since. */
  turn(): void {
    this.known = this.next;
    this.next = new Map();
  }
}

export class Views {
  private readonly nodeViews = new Remembered<NodeView>();
  private readonly stepData = new Remembered<StepData>();
  private readonly edgeViews = new Remembered<EdgeView>();
  private lastEdges: EdgeView[] = [];
  private lastBoxes: readonly Box[] = [];

  nodes({ flow, selection, moving, sizes, marks, readOnly }: Drawn): NodeView[] {
    const place = (id: string, own: Point) => moving.get(id) ?? own;
    const frame = (id: string, own: Point) => {
      const size = sizes.get(id);
      return {
        id,
        position: place(id, own),
        selected: selection.has(id),
        dragging: moving.has(id),
        ...(size ? { measured: size } : {}),
      };
    };
    const common = (id: string, own: Point) => [place(id, own).x, place(id, own).y, selection.has(id), moving.has(id), sizes.get(id), readOnly];
    const views: NodeView[] = [];
    const start = startPlace(flow);
    views.push(
      this.nodeViews.take(startCard, [...common(startCard, start), flow.triggers], () => ({
        ...frame(startCard, start),
        type: "start",
        deletable: false,
        data: { flow: { ...(flow.triggers ? { triggers: flow.triggers } : {}) } },
      })),
    );
    for (const note of notesOf(flow)) {
      views.push(
        this.nodeViews.take(note.id, [...common(note.id, note.position), note], () => ({
          ...frame(note.id, note.position),
          type: "note",
          zIndex: -1,
          width: note.size.width,
          height: note.size.height,
          data: { note, readOnly },
        })),
      );
    }
    for (const step of flow.nodes) {
      const own = step.position ?? { x: 0, y: 0 };
      const findings = marks.findings.get(step.id) ?? null;
      const activity = marks.activity?.[step.id] ?? null;
      const lit = marks.path.get(step.id) ?? null;
      // Moved, it says the same.
      const data = this.stepData.take(step.id, [step.data, step.type, step.title, findings, activity, lit, readOnly], () => ({ step, findings, activity, lit, readOnly }));
      views.push(
        this.nodeViews.take(step.id, [...common(step.id, own), data], () => ({
          ...frame(step.id, own),
          type: "step",
          data,
        })),
      );
    }
    this.nodeViews.turn();
    this.stepData.turn();
    return views;
  }

  edges({ flow, selection, moving, marks }: Drawn): EdgeView[] {
    const known = new Map(flow.nodes.map((node) => [node.id, node]));
    const led = new Set(flow.edges.map((edge) => edgeId(edge.source, exitOf(edge))));
    const make = (source: string, exit: string, target: string): EdgeView => {
      const id = edgeId(source, exit);
      const loose = moving.has(source) || moving.has(target);
      const lit = marks.path.has(id);
      const entered = marks.activity?.[source]?.entered ?? 0;
      const count = marks.activity && source !== startCard ? countOf(id, known.get(source), marks.activity[source], led) : null;
      return this.edgeViews.take(id, [target, selection.has(id), loose, lit, count, entered], () => ({
        id,
        type: "way",
        source,
        sourceHandle: exit,
        target,
        selected: selection.has(id),
        ...(lit ? { zIndex: 1 } : {}),
        data: { loose, lit, count, share: count === null || entered === 0 ? 0 : Math.min(1, count / entered) },
      }));
    };
    const views = flow.edges.filter(({ source, target }) => known.has(source) && known.has(target)).map((edge) => make(edge.source, exitOf(edge), edge.target));
    if (known.has(flow.start)) views.push(make(startCard, defaultExit, flow.start));
    this.edgeViews.turn();
    // Nothing is looked through again when only what edges lead to has moved.
    const last = this.lastEdges;
    if (last.length === views.length && views.every((view, index) => view === last[index])) return last;
    this.lastEdges = views;
    return views;
  }

  /** Where edges may not run; notes are written on the table and may be crossed. */
  boxes({ flow, sizes }: Pick<Drawn, "flow" | "sizes">): readonly Box[] {
    const boxes: Box[] = [];
    const add = (id: string, place: Point) => {
      const size = sizes.get(id);
      if (size) boxes.push({ id, left: place.x, top: place.y, right: place.x + size.width, bottom: place.y + size.height });
    };
    add(startCard, startPlace(flow));
    for (const { id, position } of flow.nodes) add(id, position ?? { x: 0, y: 0 });
    const last = this.lastBoxes;
    const same =
      last.length === boxes.length &&
      boxes.every((box, index) => {
        const other = last[index];
        return other?.id === box.id && other.left === box.left && other.top === box.top && other.right === box.right && other.bottom === box.bottom;
      });
    if (!same) this.lastBoxes = boxes;
    return this.lastBoxes;
  }
}
