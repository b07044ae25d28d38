// @vitest-environment node
import { expect, it } from "vitest";
import { startCard } from "../model/graph";
import type { StoredFlow } from "../model/storedFlow";
import { fitting, opening } from "./opening";

const row = (steps: number): StoredFlow => ({
  schema: 2,
  name: "Row",
  start: "s0",
  nodes: Array.from({ length: steps }, (_, index) => ({ id: `s${index}`, type: "message", data: {}, position: { x: index * 352, y: 0 } })),
  edges: [],
});

it("shows all of a flow that fits", () => {
  expect(opening(row(0), { width: 390, height: 700 })).toBe(fitting);
  expect(opening(row(2), { width: 420, height: 700 })).toBe(fitting);
  expect(opening(row(5), { width: 900, height: 700 })).toBe(fitting);
});

it("shows the beginning of one that is larger", () => {
  expect(opening(row(5), { width: 390, height: 700 }).nodes).toEqual([{ id: startCard }, { id: "s0" }]);
  expect(opening(row(300), { width: 1600, height: 900 }).nodes).toEqual([{ id: startCard }, { id: "s0" }]);
});
