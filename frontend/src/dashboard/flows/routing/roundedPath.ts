import type { Point } from "../model/storedFlow";

const radius = 8;

const towards = (from: Point, to: Point, by: number): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
};

/** An SVG path through the points with its corners rounded. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const parts = [`M${first.x} ${first.y}`];
  rest.forEach((corner, index) => {
    const before = points[index];
    const after = rest[index + 1];
    if (!before || !after) {
      parts.push(`L${corner.x} ${corner.y}`);
      return;
    }
    const room = (to: Point) => Math.hypot(to.x - corner.x, to.y - corner.y) / 2;
    const bend = Math.min(radius, room(before), room(after));
    const start = towards(corner, before, bend);
    const end = towards(corner, after, bend);
    parts.push(`L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`);
  });
  return parts.join("");
}

/** Where a label sits: the middle of the longest stretch. */
export function labelPlace(points: readonly Point[]): Point {
  let best = { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0 };
  let longest = -1;
  points.forEach((point, index) => {
    const next = points[index + 1];
    if (!next) return;
    const length = Math.abs(next.x - point.x) + Math.abs(next.y - point.y);
    if (length <= longest) return;
    longest = length;
    best = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
  });
  return best;
}
