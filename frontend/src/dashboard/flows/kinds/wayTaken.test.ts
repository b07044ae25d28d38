// @vitest-environment node
import { expect, it } from "vitest";
import { wayTaken } from "./wayTaken";

const ask = { id: "q", type: "ask" };

it("is the exit's own edge", () => {
  expect(wayTaken(ask, "tea", new Set(["q:tea", "q:default"]))).toBe("q:tea");
  expect(wayTaken(ask, "timeout", new Set(["q:timeout"]))).toBe("q:timeout");
});

it("is the usual one for an option without an edge of its own", () => {
  expect(wayTaken(ask, "tea", new Set(["q:default"]))).toBe("q:default");
  expect(wayTaken(ask, "tea", new Set())).toBeNull();
});

it("is none for an exit that every such step has", () => {
  expect(wayTaken(ask, "timeout", new Set(["q:default"]))).toBeNull();
});
