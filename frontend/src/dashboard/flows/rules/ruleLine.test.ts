// @vitest-environment node
import { expect, it } from "vitest";
import { english } from "../../../words/english";
import { indonesian } from "../../../words/indonesian";
import type { Json } from "../model/storedFlow";
import { toQuery, toRule } from "./jsonLogic";
import { ruleLine } from "./ruleLine";

const age = { var: "vars.age" };

it.each<[Json, string]>([
  [{ "==": [age, "20"] }, "age is 20"],
  [{ "!==": [age, 20] }, "age is not 20"],
  [{ "<=": [age, 17] }, "age at most 17"],
  [{ in: ["x", age] }, "age contains x"],
  [{ in: [age, ["a", "b"]] }, "age is one of a, b"],
  [{ "!": { in: ["", age] } }, "age does not contain …"],
  [{ "!": { in: [age, ["a"]] } }, "age is none of a"],
  [{ "!": [{ in: [age, ["a"]] }] }, "age is none of a"],
  [{ "==": [age, null] }, "age is missing"],
  [{ "!=": [age, null] }, "age is there"],
  [{ and: [{ ">": [age, 1] }, { "<": [{ var: ["contact.name", "x"] }, 3] }] }, "age more than 1 and contact.name less than 3"],
  [{ "!": age }, "not age"],
  [{ max: [1, 2, 3] }, "max(1, 2, 3)"],
  [false, "…"],
  [null, "…"],
])("%j is told as %s", (rule, line) => {
  expect(ruleLine(rule, english)).toBe(line);
});

it("tells what is drawn in the words of the drawing", () => {
  const query = toQuery({ or: [{ in: [age, ["a"]] }, { "<": [age, 3] }] });
  expect(query && ruleLine(toRule(query), indonesian)).toBe("age salah satu dari a atau age kurang dari 3");
});
