/** Between JsonLogic, as flows store it, and the query that react-querybuilder draws. */
import { defaultRuleProcessorJsonLogic, formatQuery, type RuleGroupType, type RuleProcessor, type RuleType } from "react-querybuilder";
import { parseJsonLogic } from "react-querybuilder/parseJsonLogic";
import type { Json } from "../model/storedFlow";

/** What can be drawn and what JsonLogic itself knows: its `startsWith` is an extension, ours has none. */
export const operators = ["=", "!=", "contains", "doesNotContain", "<", "<=", ">", ">=", "in", "notIn", "null", "notNull"] as const;
const known = new Set<string>(operators);
const compares = new Set(["<", "<=", ">", ">="]);

/** Two texts would be compared letter by letter: "10" before "9". */
function withNumbers(rule: RuleType): RuleType {
  const written: unknown = rule.value;
  if (!compares.has(rule.operator) || typeof written !== "string" || rule.valueSource === "field") return rule;
  const number = Number(written);
  return written.trim() === "" || Number.isNaN(number) ? rule : { ...rule, value: number };
}

const ruleProcessor: RuleProcessor = (rule, options) => defaultRuleProcessorJsonLogic(withNumbers(rule), options) as unknown;

/** False, which never holds, for a query without conditions. */
export function toRule(query: RuleGroupType): Json {
  return plain(formatQuery(query, { format: "jsonlogic", ruleProcessor, parseNumbers: false }) as unknown as Json);
}

function isDrawn(query: RuleGroupType): boolean {
  return query.rules.every((each) => typeof each !== "string" && ("rules" in each ? isDrawn(each) : known.has(each.operator) && each.match === undefined));
}

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)).map(([key, each]) => [key, sorted(each)]));
};

export function sameJson(a: Json, b: Json): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** A lone rule is the same as a group of one. */
function plain(rule: Json): Json {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) return rule;
  const lone = rule.and ?? rule.or;
  return Array.isArray(lone) && lone.length === 1 ? plain(lone[0] ?? null) : rule;
}

/** The query of a rule; null for what the drawing cannot say without losing something. */
export function toQuery(rule: Json): RuleGroupType | null {
  if (rule === null || rule === false || (typeof rule === "object" && Object.keys(rule).length === 0)) return { combinator: "and", rules: [] };
  if (typeof rule !== "object" || Array.isArray(rule)) return null;
  let query: RuleGroupType;
  try {
    query = parseJsonLogic(JSON.stringify(rule), { listsAsArrays: true });
  } catch {
    return null;
  }
  const comesBack = isDrawn(query) && sameJson(toRule(query), plain(rule));
  return comesBack ? query : null;
}
