import type { Words } from "../../../words/english";
import type { Json } from "../model/storedFlow";

const alike: Readonly<Record<string, string>> = { "==": "=", "===": "=", "!=": "!=", "!==": "!=" };

const isVar = (rule: Json): boolean => typeof rule === "object" && rule !== null && "var" in rule;
const nameOf = (path: Json): string => (typeof path === "string" ? path.replace(/^vars\./, "") : Array.isArray(path) ? nameOf(path[0] ?? null) : JSON.stringify(path));

/** A rule on one line, in the words of its drawing: `kabar is one of baik, Baik`. */
export function ruleLine(rule: Json, words: Words): string {
  const { operators, joined } = words.flows.rules;
  const told = (part: Json | undefined): string => ruleLine(part ?? null, words);
  const compared = (left: Json | undefined, operator: string, right: Json | undefined) => `${told(left)} ${operators[operator] ?? operator} ${told(right)}`.trim();
  if (Array.isArray(rule)) return rule.map(told).join(", ");
  if (rule === null || rule === false || rule === "") return "…";
  if (typeof rule !== "object") return String(rule);
  const [name, given] = Object.entries(rule)[0] ?? ["", null];
  const operands = Array.isArray(given) ? given : [given ?? null];
  const [first, second] = operands;
  if (name === "var") return nameOf(given ?? null);
  if (name === "and" || name === "or") return operands.map(told).join(` ${joined[name]} `);
  if ((name === "==" || name === "!=") && second === null) return `${told(first)} ${operators[name === "==" ? "null" : "notNull"] ?? ""}`;
  if (name === "!") {
    const inner = typeof first === "object" && first !== null && !Array.isArray(first) ? first.in : undefined;
    if (Array.isArray(inner)) return isVar(inner[1] ?? null) ? compared(inner[1], "doesNotContain", inner[0]) : compared(inner[0], "notIn", inner[1]);
    return `${joined.not} ${told(first)}`;
  }
  if (name === "in") return isVar(second ?? null) ? compared(second, "contains", first) : compared(first, "in", second);
  if (operands.length === 2) return compared(first, alike[name] ?? name, second);
  return `${name}(${operands.map(told).join(", ")})`;
}
