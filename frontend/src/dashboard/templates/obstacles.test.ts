import { expect, it } from "vitest";
import { obstacleOf, obstacleToMany, type Obstacle } from "./obstacles";
import type { Template } from "./templateShapes";

type Wants = Template["wants"];
const plain: Wants = { header: null, header_names: [], body: ["1"], named: false, buttons: [], offer: false, cards: [] };
const button = (kind: string, needed: boolean) => ({ index: 0, kind, text: "Ya", needed });

it.each<[Partial<Wants>, Obstacle | null]>([
  [{}, null],
  [{ header: "text" }, null],
  [{ header: "image" }, null],
  [{ header: "location" }, null],
  [{ header: "product" }, "header"],
  [{ offer: true }, null],
  [{ cards: [{}] }, "cards"],
  [{ buttons: [button("url", true), button("copy_code", true)] }, null],
  [{ buttons: [button("flow", true)] }, "buttons"],
  [{ buttons: [button("flow", false)] }, null],
])("says what stands against %j: %s", (wants, obstacle) => {
  expect(obstacleOf({ wants: { ...plain, ...wants } })).toBe(obstacle);
});

it("sends codes to nobody who has not asked", () => {
  expect(obstacleToMany({ category: "AUTHENTICATION", wants: plain })).toBe("codes");
  expect(obstacleToMany({ category: "UTILITY", wants: plain })).toBeNull();
});
