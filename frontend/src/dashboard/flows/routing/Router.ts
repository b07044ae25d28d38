import type { Point } from "../model/storedFlow";
import { isClear, route, type Box } from "./route";

interface Known {
  source: Point;
  target: Point;
  way: readonly Point[];
  boxes: readonly Box[];
}

const same = (a: Point, b: Point) => a.x === b.x && a.y === b.y;
const apart = (from: Point, to: Point): Point => ({ x: to.x - from.x, y: to.y - from.y });

/**
 * Remembers the ways: one whose ends rest, and that nothing has come to stand in, stays as it is;
 * one whose ends have moved together has moved with them.
 */
export class Router {
  private readonly known = new Map<string, Known>();

  /** The way between ends that are being moved together; null when it is not known or they are not. */
  carried(edge: string, source: Point, target: Point): readonly Point[] | null {
    const before = this.known.get(edge);
    if (before === undefined) return null;
    const by = apart(before.source, source);
    if (!same(by, apart(before.target, target))) return null;
    return before.way.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
  }

  way(edge: string, source: Point, target: Point, boxes: readonly Box[]): readonly Point[] {
    const before = this.known.get(edge);
    const rests = before !== undefined && same(before.source, source) && same(before.target, target);
    if (rests && (before.boxes === boxes || isClear(before.way, boxes))) {
      before.boxes = boxes;
      return before.way;
    }
    const carried = rests ? null : this.carried(edge, source, target);
    const way = carried !== null && isClear(carried, boxes) ? carried : route(source, target, boxes);
    this.known.set(edge, { source, target, way, boxes });
    return way;
  }
}
