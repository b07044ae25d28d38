// @vitest-environment node
import { expect, it } from "vitest";
import { completed } from "../model/storedFlow";
import { beganWith, put, suggestions, variablesOf } from "./variables";

it("knows what a flow sets, however deep", () => {
  const flow = completed(
    {
      nodes: [
        { id: "a", type: "ask", data: { variable: "kabar" } },
        { id: "b", type: "set", data: { assignments: [{ variable: "total", to: { text: "{{contact.fields.kota}}" } }] } },
        { id: "c", type: "http", data: { mapping: { state: "order.status" } } },
      ],
    },
    "Test",
    "id",
  );
  const names = variablesOf(flow);
  expect(names).toEqual(expect.arrayContaining(["vars.kabar", "vars.total", "vars.state", "contact.name", "contact.fields.kota"]));
});

it.each([
  ["Halo {{con", 10, "con"],
  ["Halo {{ ", 8, ""],
  ["Halo {{contact.name}} ", 22, null],
  ["Halo", 4, null],
])("sees what was begun in %j", (text, caret, expected) => {
  expect(beganWith(text, caret)).toBe(expected);
});

it("completes what was begun, and puts anew where nothing was", () => {
  expect(put("Halo {{con!", 10, "contact.name")).toEqual({ text: "Halo {{contact.name}}!", caret: 21 });
  expect(put("Halo {{con}}!", 10, "contact.name")).toEqual({ text: "Halo {{contact.name}}!", caret: 21 });
  expect(put("Halo !", 5, "vars.a")).toEqual({ text: "Halo {{vars.a}}!", caret: 15 });
});

it("offers what begins so before what holds it", () => {
  expect(suggestions(["vars.name", "contact.name", "name.vars"], "name")).toEqual(["name.vars", "vars.name", "contact.name"]);
});
