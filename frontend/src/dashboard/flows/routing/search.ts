/** A* over the lines along the sides of a few boxes. */
import type { Point } from "../model/storedFlow";
import { crosses, type Box } from "./route";

const bendCosts = 48;

type Heading = "row" | "column";

interface Step {
  column: number;
  row: number;
  heading: Heading;
  cost: number;
  hope: number;
  before: Step | null;
}

const ascending = (values: Iterable<number>) => [...new Set(values)].sort((a, b) => a - b);

/** A heap by `hope`, the smallest first. */
class Frontier {
  private readonly steps: Step[] = [];

  push(step: Step): void {
    const { steps } = this;
    steps.push(step);
    let at = steps.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.hope(parent) <= this.hope(at)) break;
      this.swap(parent, at);
      at = parent;
    }
  }

  pop(): Step | undefined {
    const { steps } = this;
    const first = steps[0];
    const last = steps.pop();
    if (first === undefined || last === undefined || steps.length === 0) return first;
    steps[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const least = [left, left + 1].reduce((best, each) => (this.hope(each) < this.hope(best) ? each : best), at);
      if (least === at) return first;
      this.swap(least, at);
      at = least;
    }
  }

  private hope(at: number): number {
    return this.steps[at]?.hope ?? Infinity;
  }

  private swap(a: number, b: number): void {
    const { steps } = this;
    const first = steps[a];
    const second = steps[b];
    if (first === undefined || second === undefined) return;
    steps[a] = second;
    steps[b] = first;
  }
}

/** Starts and ends running along a row, as exits and entries do. Null when every way is walled up. */
export function shortestWay(from: Point, to: Point, walls: readonly Box[]): Point[] | null {
  const side = 1;
  const xs = ascending([from.x, to.x, ...walls.flatMap(({ left, right }) => [left - side, right + side])]);
  const ys = ascending([from.y, to.y, ...walls.flatMap(({ top, bottom }) => [top - side, bottom + side])]);
  const goal = { column: xs.indexOf(to.x), row: ys.indexOf(to.y) };
  const point = (column: number, row: number): Point => ({ x: xs[column] ?? 0, y: ys[row] ?? 0 });
  const apart = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

  const known = new Map<number, number>();
  const frontier = new Frontier();
  frontier.push({ column: xs.indexOf(from.x), row: ys.indexOf(from.y), heading: "row", cost: 0, hope: apart(from, to), before: null });

  for (let step = frontier.pop(); step; step = frontier.pop()) {
    if (step.column === goal.column && step.row === goal.row) return traced(step, point);
    for (const [aside, down, heading] of [[1, 0, "row"], [-1, 0, "row"], [0, 1, "column"], [0, -1, "column"]] as const) {
      const column = step.column + aside;
      const row = step.row + down;
      if (xs[column] === undefined || ys[row] === undefined) continue;
      const here = point(step.column, step.row);
      const there = point(column, row);
      if (walls.some((wall) => crosses(here, there, wall))) continue;
      const arrives = column === goal.column && row === goal.row && heading !== "row";
      const bends = (heading === step.heading ? 0 : 1) + (arrives ? 1 : 0);
      const cost = step.cost + apart(here, there) + bends * bendCosts;
      const name = (row * xs.length + column) * 2 + (heading === "row" ? 0 : 1);
      if (cost >= (known.get(name) ?? Infinity)) continue;
      known.set(name, cost);
      frontier.push({ column, row, heading, cost, hope: cost + apart(there, to), before: step });
    }
  }
  return null;
}

function traced(last: Step, point: (column: number, row: number) => Point): Point[] {
  const points: Point[] = [];
  for (let step: Step | null = last; step; step = step.before) points.unshift(point(step.column, step.row));
  return points;
}
