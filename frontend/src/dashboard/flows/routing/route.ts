/**
 * Ways for edges: right angles only, out at the right of one node, in at the left of another, and
 * around the rest. Straight ways are tried first. Where something is in the way, a search over the
 * lines along its sides finds the shortest way with the fewest bends; only what a way would cross is
 * looked at, so that a flow of hundreds of nodes costs little.
 */
import type { Point } from "../model/storedFlow";
import { shortestWay } from "./search";

export interface Box {
  id: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How far a way stays from what it passes, and how far it runs straight before it may bend. */
export const clearance = 16;
const mostRounds = 24;

export function grown(box: Box, by: number): Box {
  return { id: box.id, left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

/** Whether a horizontal or vertical line runs through the inside of a box. */
export function crosses(from: Point, to: Point, box: Box): boolean {
  const left = Math.min(from.x, to.x);
  const right = Math.max(from.x, to.x);
  const top = Math.min(from.y, to.y);
  const bottom = Math.max(from.y, to.y);
  return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
}

/** Points that lie between their neighbours on one line say nothing. */
export function withoutIdle(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    if (before && last && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))) kept.pop();
    kept.push(point);
  }
  return kept;
}

function inTheWay(points: readonly Point[], boxes: readonly Box[]): Box[] {
  return boxes.filter((box) =>
    points.some((point, index) => {
      const next = points[index + 1];
      return next !== undefined && crosses(point, next, box);
    }),
  );
}

/** Made once for all ways among the same boxes. */
const wallsOf = new WeakMap<readonly Box[], readonly Box[]>();

/** Where a way may not run: what holds one of its ends cannot be run around. */
function walls(boxes: readonly Box[], out: Point, into: Point): Box[] {
  let all = wallsOf.get(boxes);
  if (all === undefined) {
    // A shade less than the distance kept, so that a way along a side does not count as crossing it.
    all = boxes.map((box) => grown(box, clearance - 1));
    wallsOf.set(boxes, all);
  }
  return all.filter((wall) => !holds(wall, out) && !holds(wall, into));
}

/** Whether a way that was found still is one. */
export function isClear(way: readonly Point[], boxes: readonly Box[]): boolean {
  const source = way[0];
  const target = way.at(-1);
  if (!source || !target) return false;
  const out = { x: source.x + clearance, y: source.y };
  const into = { x: target.x - clearance, y: target.y };
  const inner = [out, ...way.slice(1, -1), into];
  return inTheWay(inner, walls(boxes, out, into)).length === 0;
}

/** Ways with two bends, the most pleasing first. */
function plainWays(out: Point, into: Point): Point[][] {
  if (into.x < out.x) return [];
  const middle = (out.x + into.x) / 2;
  return [middle, out.x, into.x].map((x) => [out, { x, y: out.y }, { x, y: into.y }, into]);
}

/** From `source` to `target` around `boxes`. The ends may touch boxes: those of their own nodes. */
export function route(source: Point, target: Point, boxes: readonly Box[]): Point[] {
  const out = { x: source.x + clearance, y: source.y };
  const into = { x: target.x - clearance, y: target.y };
  const open = walls(boxes, out, into);
  const ends = (way: readonly Point[]) => withoutIdle([source, ...way, target]);
  for (const way of plainWays(out, into)) if (inTheWay(way, open).length === 0) return ends(way);

  let around: Box[] = [];
  let way = [out, { x: out.x, y: into.y }, into];
  for (let round = 0; round < mostRounds; round += 1) {
    const hit = inTheWay(way, open);
    if (hit.length === 0) break;
    around = [...around, ...hit];
    const found = shortestWay(out, into, around);
    if (!found) break;
    way = found;
  }
  return ends(way);
}

function holds(box: Box, { x, y }: Point): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}
