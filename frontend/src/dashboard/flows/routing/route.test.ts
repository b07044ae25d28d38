// @vitest-environment node
import { expect, it } from "vitest";
import type { Point } from "../model/storedFlow";
import { labelPlace, roundedPath } from "./roundedPath";
import { Router } from "./Router";
import { clearance, crosses, route, withoutIdle, type Box } from "./route";

const box = (id: string, left: number, top: number, width = 264, height = 160): Box => ({ id, left, top, right: left + width, bottom: top + height });

function hits(points: readonly Point[], boxes: readonly Box[]): string[] {
  return boxes.filter((each) => points.some((point, index) => {
    const next = points[index + 1];
    return next !== undefined && crosses(point, next, each);
  })).map(({ id }) => id);
}

const turns = (points: readonly Point[]) => points.every((point, index) => {
  const next = points[index + 1];
  return next === undefined || point.x === next.x || point.y === next.y;
});

it("goes straight where it can", () => {
  expect(route({ x: 0, y: 50 }, { x: 300, y: 50 }, [])).toEqual([{ x: 0, y: 50 }, { x: 300, y: 50 }]);
});

it("bends twice in the middle", () => {
  expect(route({ x: 0, y: 0 }, { x: 200, y: 100 }, [])).toEqual([{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }, { x: 200, y: 100 }]);
});

it("goes around what is in between", () => {
  const wall = box("wall", 400, -40, 264, 200);
  const way = route({ x: 264, y: 50 }, { x: 900, y: 50 }, [box("from", 0, 0), wall, box("to", 900, 0)]);
  expect(hits(way, [wall])).toEqual([]);
  expect(turns(way)).toBe(true);
  expect(way.length).toBeGreaterThan(2);
});

it("comes back around its own nodes", () => {
  const boxes = [box("from", 400, 0), box("to", 0, 0)];
  const way = route({ x: 664, y: 100 }, { x: 0, y: 18 }, boxes);
  expect(hits(way, boxes)).toEqual([]);
  expect(way.at(-2)?.y).toBe(18);
  expect(way[1]?.y).toBe(100);
});

/** The same numbers each time, so that what fails fails again. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

it.each(Array.from({ length: 40 }, (_, seed) => seed))("crosses no node on canvas %i", (seed) => {
  const next = chance(seed + 1);
  const boxes = Array.from({ length: 30 }, (_, index) =>
    box(`n${index}`, (index % 6) * 380 + Math.floor(next() * 50), Math.floor(index / 6) * 290 + Math.floor(next() * 60), 264, 100 + Math.floor(next() * 120)),
  );
  for (let edge = 0; edge < 12; edge += 1) {
    const from = boxes[Math.floor(next() * boxes.length)];
    const to = boxes[Math.floor(next() * boxes.length)];
    if (!from || !to || from === to) continue;
    const way = route({ x: from.right, y: from.top + 60 }, { x: to.left, y: to.top + 18 }, boxes);
    expect(hits(way, boxes)).toEqual([]);
    expect(turns(way)).toBe(true);
    expect(way[0]).toEqual({ x: from.right, y: from.top + 60 });
    expect(way.at(-1)).toEqual({ x: to.left, y: to.top + 18 });
  }
});

it("draws something even where no way is free", () => {
  const walled = [box("a", 17, -50, 40, 200), box("b", -60, -90, 200, 30), box("c", -60, 60, 200, 30)];
  const way = route({ x: 0, y: 0 }, { x: 400, y: 0 }, walled);
  expect(way[0]).toEqual({ x: 0, y: 0 });
  expect(way.at(-1)).toEqual({ x: 400, y: 0 });
});

it("is quick on a canvas of three hundred nodes", () => {
  const boxes = Array.from({ length: 300 }, (_, index) => box(`n${index}`, (index % 20) * 376, Math.floor(index / 20) * 320, 264, 210));
  const began = performance.now();
  for (const [index, from] of boxes.entries()) {
    const to = boxes[(index * 7 + 21) % 300];
    if (to && to !== from) route({ x: from.right, y: from.top + 90 }, { x: to.left, y: to.top + 18 }, boxes);
  }
  expect(performance.now() - began).toBeLessThan(4000); // a tenth of it when the machine is free
});

it("says nothing of points on a line", () => {
  expect(withoutIdle([{ x: 0, y: 0 }, { x: 5, y: 0 }, { x: 9, y: 0 }, { x: 9, y: 4 }])).toEqual([{ x: 0, y: 0 }, { x: 9, y: 0 }, { x: 9, y: 4 }]);
});

it("rounds corners no further than there is room", () => {
  expect(roundedPath([{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 4 }])).toBe("M0 0L98 0Q100 0 100 2L100 4");
  expect(roundedPath([])).toBe("");
});

it("puts the label on the longest stretch", () => {
  expect(labelPlace([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 100 }])).toEqual({ x: 10, y: 50 });
});

it("keeps its distance", () => {
  const wall = box("wall", 400, -40, 264, 200);
  const way = route({ x: 264, y: 50 }, { x: 900, y: 50 }, [wall]);
  const far = { ...wall, left: wall.left - clearance + 2, right: wall.right + clearance - 2, top: wall.top - clearance + 2, bottom: wall.bottom + clearance - 2 };
  expect(hits(way, [far])).toEqual([]);
});

it("keeps a way whose ends rest and that nothing stands in", () => {
  const router = new Router();
  const [source, target] = [{ x: 264, y: 50 }, { x: 900, y: 50 }];
  const first = router.way("e", source, target, []);
  expect(router.way("e", source, target, [box("aside", 400, 400)])).toBe(first);
  const around = router.way("e", source, target, [box("wall", 400, -40)]);
  expect(around).not.toBe(first);
  expect(hits(around, [box("wall", 400, -40)])).toEqual([]);
  expect(router.way("e", source, { x: 900, y: 90 }, [])).not.toBe(around);
});

it("moves a way whose ends move together, and finds another where something stands", () => {
  const router = new Router();
  const wall = (by: number) => box("wall", 400 + by, -40 + by);
  const first = router.way("e", { x: 264, y: 50 }, { x: 900, y: 50 }, [wall(0)]);
  const moved = first.map(({ x, y }) => ({ x: x + 80, y: y + 80 }));
  const ends = [{ x: 344, y: 130 }, { x: 980, y: 130 }] as const;
  expect(router.carried("e", ...ends)).toEqual(moved);
  expect(router.carried("e", ends[0], { x: 980, y: 138 })).toBeNull();
  expect(router.carried("other", ...ends)).toBeNull();
  expect(router.way("e", ...ends, [wall(80)])).toEqual(moved);
  const back = router.way("e", { x: 264, y: 50 }, { x: 900, y: 50 }, [wall(0), box("new", 380, -200, 300, 140)]);
  expect(hits(back, [wall(0), box("new", 380, -200, 300, 140)])).toEqual([]);
});
