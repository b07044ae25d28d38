/** Filters over contacts: what a segment saves. Pure: the editor and its tests build on it. */
import type { FieldDefinition, FieldValue } from "../contacts/contactShapes";

export type ConditionOn = "tag" | "field" | "opt_in" | "last_seen" | "created" | "blocked" | "name" | "phone" | "email" | "language" | "campaign";

/** One row of a filter. `field` and `kind` name which of several, where there are several. */
export interface Condition {
  on: ConditionOn;
  op: string;
  field?: string;
  kind?: string;
  campaign_id?: string;
  value?: FieldValue;
}

export interface Filter {
  match: "all" | "any";
  conditions: Condition[];
}

export interface Segment {
  id: string;
  name: string;
  filter: Filter;
  revision: number;
  created_at: number;
  updated_at: number;
}

/** In the place of a campaign's id: the newest that the person was sent. */
export const lastCampaign = "last";

/** How a condition's value is entered. */
export type Entry = "tag" | "text" | "number" | "date" | "days" | "boolean" | "choice" | "opt" | "none";

interface Kind {
  ops: readonly string[];
  entry: Entry;
}

const texts = ["is", "is_not", "contains", "begins_with", "set", "not_set"];

const kinds: Record<Exclude<ConditionOn, "field">, Kind> = {
  tag: { ops: ["has", "has_not"], entry: "tag" },
  opt_in: { ops: ["is", "is_not"], entry: "opt" },
  last_seen: { ops: ["within_days", "not_within_days"], entry: "days" },
  created: { ops: ["within_days", "not_within_days"], entry: "days" },
  blocked: { ops: ["is"], entry: "boolean" },
  name: { ops: texts, entry: "text" },
  phone: { ops: texts, entry: "text" },
  email: { ops: texts, entry: "text" },
  language: { ops: texts, entry: "text" },
  campaign: { ops: ["received", "not_received", "read", "not_read", "replied", "not_replied", "failed", "not_failed"], entry: "none" },
};

const fieldKinds: Record<FieldDefinition["type"], Kind> = {
  text: { ops: ["is", "is_not", "contains", "set", "not_set"], entry: "text" },
  number: { ops: ["is", "is_not", "gt", "lt", "set", "not_set"], entry: "number" },
  date: { ops: ["is", "gt", "lt", "set", "not_set"], entry: "date" },
  boolean: { ops: ["is", "set", "not_set"], entry: "boolean" },
  choice: { ops: ["is", "is_not", "set", "not_set"], entry: "choice" },
};

const startValues: Partial<Record<Entry, FieldValue>> = { days: 30, boolean: true, opt: "in" };
const valueless = new Set(["set", "not_set"]);

/** What a new row may be about; fields of the workspace's own come with a name. */
export const conditionsOn: readonly ConditionOn[] = [
  "tag",
  "opt_in",
  "last_seen",
  "created",
  "blocked",
  "name",
  "phone",
  "email",
  "language",
  "campaign",
];

function kindOf(condition: Pick<Condition, "on" | "field">, fields: readonly FieldDefinition[]): Kind {
  if (condition.on !== "field") return kinds[condition.on];
  return fieldKinds[fields.find(({ key }) => key === condition.field)?.type ?? "text"];
}

export function opsOf(condition: Condition, fields: readonly FieldDefinition[]): readonly string[] {
  return kindOf(condition, fields).ops;
}

export function entryOf(condition: Condition, fields: readonly FieldDefinition[]): Entry {
  return valueless.has(condition.op) ? "none" : kindOf(condition, fields).entry;
}

/** A new row about `on`, with what it starts from. */
export function conditionAbout(on: ConditionOn, fields: readonly FieldDefinition[], field?: string): Condition {
  const { ops, entry } = kindOf({ on, ...(field === undefined ? {} : { field }) }, fields);
  const value = startValues[entry];
  return {
    on,
    op: ops[0] ?? "is",
    ...(field === undefined ? {} : { field }),
    ...(on === "opt_in" ? { kind: "marketing" } : {}),
    ...(on === "campaign" ? { campaign_id: lastCampaign } : {}),
    ...(value === undefined ? {} : { value }),
  };
}

/** The same row with another operator; what it no longer asks for goes. */
export function withOp(condition: Condition, op: string, fields: readonly FieldDefinition[]): Condition {
  if (valueless.has(op)) {
    const { value: _, ...rest } = condition;
    return { ...rest, op };
  }
  const start = startValues[kindOf(condition, fields).entry];
  return { ...condition, op, ...(condition.value === undefined && start !== undefined ? { value: start } : {}) };
}

function isWhole(condition: Condition, fields: readonly FieldDefinition[]): boolean {
  const { value } = condition;
  switch (entryOf(condition, fields)) {
    case "none":
      return true;
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "days":
      return typeof value === "number" && Number.isInteger(value) && value >= 1;
    case "boolean":
      return typeof value === "boolean";
    default:
      return typeof value === "string" && value.trim() !== "";
  }
}

/** Which rows still lack something, by their number. */
export function unfinished(filter: Filter, fields: readonly FieldDefinition[]): number[] {
  return filter.conditions.flatMap((condition, index) => (isWhole(condition, fields) ? [] : [index]));
}
