// @vitest-environment node
import { describe, expect, it } from "vitest";
import { english, type Words } from "../../../words/english";
import { indonesian } from "../../../words/indonesian";
import { fieldLabel, valueLabel } from "../inspector/labels";
import { freshValue } from "../inspector/freshValue";
import { settingFields, triggerTable } from "../triggers/triggerTable";
import { exitLabel } from "./exitLabel";
import type { Field } from "./fields";
import { exitsOf, kinds, matchingKinds, newStep } from "./kinds";

const languages: [string, Words][] = [
  ["English", english],
  ["Indonesian", indonesian],
];

/** Every field, however deep, with the type that its label is looked up by. */
function fieldsWithin(fields: readonly Field[], type: string): [Field, string][] {
  return fields.flatMap((field): [Field, string][] => {
    const own: [Field, string][] = field.name === "" ? [] : [[field, type]];
    if (field.kind === "group") return [...own, ...fieldsWithin(field.of, `${type}.${field.name}`)];
    if (field.kind === "list") return [...own, ...fieldsWithin(field.of, `${type}.${field.name}`)];
    if (field.kind === "variant") {
      return [...own, ...Object.entries(field.variants).flatMap(([name, { fields: inner }]) => fieldsWithin(inner, `${type}.${name}`))];
    }
    return own;
  });
}

const everyField = [
  ...kinds.flatMap(({ type, fields }) => fieldsWithin(fields, type)),
  ...triggerTable.flatMap(({ type, fields }) => fieldsWithin(fields, type)),
  ...fieldsWithin(settingFields, "settings"),
];

describe.each(languages)("%s", (_, words) => {
  it("has a word for every kind, field and value", () => {
    for (const { type } of kinds) expect(words.flows.kinds[type]?.name, type).toBeTruthy();
    for (const { type } of triggerTable) expect(words.flows.triggers.names[type], type).toBeTruthy();
    const known = (label: string, name: string) => expect(label !== name || words.flows.fields[name] === name, `no word for ${name}`).toBe(true);
    for (const [field, type] of everyField) {
      known(fieldLabel(field, type, words), field.name);
      const values = field.kind === "choice" || field.kind === "choices" ? field.values : field.kind === "variant" ? Object.keys(field.variants) : [];
      for (const value of values) {
        const isName = /^[A-Z]+$/.test(value); // of an HTTP method
        const said = valueLabel({ ...field, name: field.name || "op" }, value, words);
        expect(isName || said !== value || value in words.flows.values, `no word for ${field.name}.${value}`).toBe(true);
      }
    }
  });

  it("calls every exit by a word", () => {
    for (const { type, exits } of kinds) for (const exit of exits) {
      const own = `${type}.${exit}` in words.flows.exitsOf || exit in words.flows.exits;
      expect(own, `${type}.${exit}`).toBe(true);
      expect(exitLabel(newStep(type, new Set()), exit, words)).not.toBe("");
    }
  });
});

it("says the same things in both languages", () => {
  const keys = (value: unknown): unknown =>
    typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keys(inner)])) : typeof value;
  // Of findings, the API's own words are English.
  expect(keys({ ...indonesian.flows, findingTexts: {} })).toEqual(keys(english.flows));
});

it("leaves a question by its options first", () => {
  const options = [{ id: "ya", title: "Ya" }, { id: "tidak", title: { id: "Tidak" } }];
  const step = { ...newStep("ask", new Set()), data: { answer: { kind: "choice", options } } };
  expect(exitsOf(step)).toEqual(["ya", "tidak", "default", "invalid"]);
  expect(exitLabel(step, "tidak", english)).toBe("Tidak");
});

it("has only the exits that a wait uses", () => {
  expect(exitsOf(newStep("wait", new Set()))).toEqual(["default"]);
  expect(exitsOf({ id: "w", type: "wait", data: { until: "{{vars.at}}", or_reply: true } })).toEqual(["default", "replied", "invalid"]);
});

it("finds a kind by its name before what it is about", () => {
  expect(matchingKinds("pesan", indonesian)[0]?.type).toBe("message");
  expect(matchingKinds("wait", english).map(({ type }) => type)).toContain("ask");
  expect(matchingKinds("xyz", english)).toEqual([]);
});

it("begins every optional field with something", () => {
  for (const [field] of everyField) if (field.optional) expect(freshValue(field)).toBeDefined();
});
