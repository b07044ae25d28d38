// @vitest-environment node
import { expect, it } from "vitest";
import type { Json } from "../model/storedFlow";
import { sameJson, toQuery, toRule } from "./jsonLogic";

const field = { var: "vars.kabar" };

const drawn: Json[] = [
  { in: [field, ["baik", "Baik"]] },
  { "!": { in: [field, ["baik"]] } },
  { "==": [field, 5] },
  { "==": [field, "5"] },
  { "==": [field, true] },
  { "==": [field, null] },
  { "!=": [field, null] },
  { "!=": [field, "x"] },
  { ">": [field, 5] },
  { "<=": [field, 2.5] },
  { in: ["ba", field] },
  { "!": { in: ["ba", field] } },
  { "==": [field, { var: "contact.name" }] },
  { and: [{ ">": [field, 5] }, { or: [{ "!=": [{ var: "b" }, "x"] }, { in: ["q", { var: "c" }] }] }] },
  { "!": { and: [{ "==": [field, 5] }, { "==": [{ var: "b" }, 5] }] } },
];

it.each(drawn.map((rule) => [JSON.stringify(rule), rule] as const))("draws %s and gives it back", (_, rule) => {
  const query = toQuery(rule);
  expect(query).not.toBeNull();
  if (query) expect(toRule(query)).toEqual(rule);
});

const kept: Json[] = [
  { "===": [field, 5] },
  { "<": [1, field, 5] },
  { "!!": field },
  { if: [field, 1, 2] },
  { "==": [{ var: ["vars.kabar", "d"] }, 5] },
  { "==": [{ "+": [field, 1] }, 5] },
  { startsWith: [field, "b"] },
  { some: [{ var: "contact.tags" }, { "==": [{ var: "" }, "x"] }] },
  true,
  7,
  "text",
  [1],
];

it.each(kept.map((rule) => [JSON.stringify(rule), rule] as const))("leaves %s to be written as JSON", (_, rule) => {
  expect(toQuery(rule)).toBeNull();
});

it("begins with nothing, which never holds", () => {
  for (const rule of [false, null, {}] as Json[]) expect(toQuery(rule)).toEqual({ combinator: "and", rules: [] });
  expect(toRule({ combinator: "and", rules: [] })).toBe(false);
});

it("compares numbers as numbers", () => {
  const rule = (value: string) => toRule({ combinator: "and", rules: [{ field: "vars.n", operator: ">", value }] });
  expect(rule("10")).toEqual({ ">": [{ var: "vars.n" }, 10] });
  expect(rule("2026-01-01")).toEqual({ ">": [{ var: "vars.n" }, "2026-01-01"] });
});

it("takes a group of one for the one", () => {
  expect(toQuery({ and: [{ "==": [field, 1] }] })).not.toBeNull();
  expect(sameJson({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  expect(sameJson({ a: 1 }, { a: "1" })).toBe(false);
});
