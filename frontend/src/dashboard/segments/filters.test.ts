import { expect, it } from "vitest";
import type { FieldDefinition } from "../contacts/contactShapes";
import { conditionAbout, conditionsOn, entryOf, opsOf, unfinished, withOp, type Condition } from "./filters";

const fields: FieldDefinition[] = [
  { key: "size", name: "Size", type: "number", choices: [], revision: 1 },
  { key: "born", name: "Born", type: "date", choices: [], revision: 1 },
  { key: "member", name: "Member", type: "boolean", choices: [], revision: 1 },
  { key: "tier", name: "Tier", type: "choice", choices: ["gold"], revision: 1 },
];

it.each([
  ["size", "gt", "number"],
  ["born", "lt", "date"],
  ["member", "is", "boolean"],
  ["tier", "is_not", "choice"],
  ["gone", "contains", "text"],
])("compares the field %s by %s and asks for a %s", (field, op, entry) => {
  const condition: Condition = { on: "field", field, op };
  expect(opsOf(condition, fields)).toContain(op);
  expect(entryOf(condition, fields)).toBe(entry);
});

it("starts every kind of row with one of its own operators", () => {
  for (const on of conditionsOn) {
    const condition = conditionAbout(on, fields);
    expect(opsOf(condition, fields)).toContain(condition.op);
  }
  expect(conditionAbout("opt_in", fields)).toEqual({ on: "opt_in", op: "is", kind: "marketing", value: "in" });
  expect(conditionAbout("campaign", fields)).toEqual({ on: "campaign", op: "received", campaign_id: "last" });
  expect(conditionAbout("last_seen", fields)).toEqual({ on: "last_seen", op: "within_days", value: 30 });
});

it("drops a value that is no longer asked for and brings back a first one", () => {
  const known: Condition = { on: "field", field: "member", op: "is", value: false };
  const asked = withOp(known, "set", fields);
  expect(asked).toEqual({ on: "field", field: "member", op: "set" });
  expect(withOp(asked, "is", fields)).toEqual({ on: "field", field: "member", op: "is", value: true });
});

it.each<[Condition, boolean]>([
  [{ on: "tag", op: "has" }, false],
  [{ on: "tag", op: "has", value: "  " }, false],
  [{ on: "tag", op: "has", value: "vip" }, true],
  [{ on: "field", field: "size", op: "gt", value: NaN }, false],
  [{ on: "field", field: "size", op: "gt", value: 0 }, true],
  [{ on: "field", field: "size", op: "not_set" }, true],
  [{ on: "last_seen", op: "within_days", value: 0.5 }, false],
  [{ on: "created", op: "within_days", value: 1 }, true],
  [{ on: "blocked", op: "is", value: false }, true],
])("%j is finished: %s", (condition, whole) => {
  expect(unfinished({ match: "all", conditions: [condition] }, fields)).toEqual(whole ? [] : [0]);
});
