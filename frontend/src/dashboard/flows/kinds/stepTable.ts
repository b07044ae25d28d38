/** Every kind of step: its look, what it starts with, its fields, and how it can be left. */
import {
  BookOpenText,
  CalendarClock,
  CircleStop,
  CornerDownRight,
  Equal,
  GitFork,
  Hourglass,
  MessageCircleQuestion,
  MessageSquareText,
  NotebookPen,
  Play,
  Route,
  ScrollText,
  Shuffle,
  Split,
  Undo2,
  UserRoundCog,
  UserRoundPlus,
  Webhook,
  Workflow,
  Globe,
  type LucideIcon,
} from "lucide-react";
import type { Json, JsonObject } from "../model/storedFlow";
import { freeId } from "../model/graph";
import { answers } from "./answers";
import { contents, templateFields } from "./contents";
import type { Field } from "./fields";

export const groups = ["say", "ask", "logic", "do", "ai"] as const;
export type Group = (typeof groups)[number];

export interface StepKind {
  type: string;
  group: Group;
  icon: LucideIcon;
  fields: readonly Field[];
  fresh: () => JsonObject;
  /** The exits that every step of the kind has; `named` are those that its data adds. */
  exits: readonly string[];
  named?: (data: JsonObject) => readonly string[];
  /** Exits that the data does not use. */
  unused?: (data: JsonObject) => readonly string[];
}

const once: readonly string[] = ["default"];

function namesIn(list: Json | undefined, key: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each) => {
    const name = typeof each === "object" && each !== null && !Array.isArray(each) ? each[key] : undefined;
    return typeof name === "string" && name !== "" ? [name] : [];
  });
}

const freshExit = (base: string, more: JsonObject) => (taken: readonly Json[]): Json => ({
  exit: freeId(new Set(namesIn([...taken], "exit")), `${base}_${taken.length + 1}`),
  ...more,
});

const content = (kinds = contents): Field => ({ name: "content", kind: "variant", by: "kind", variants: kinds });
const kindOfValue: Field = { name: "kind", kind: "choice", values: ["text", "number", "boolean", "date", "list", "object"], optional: true };
const timeout: Field = { name: "timeout", kind: "duration", optional: true };
const zone: Field = { name: "zone", kind: "zone", optional: true };

/** What a question can be asked with. */
const questions = Object.fromEntries(["text", "image", "video", "document", "buttons", "list", "location_request", "form", "template"].flatMap((kind) => (contents[kind] ? [[kind, contents[kind]]] : [])));

export const stepTable: readonly StepKind[] = [
  {
    type: "message",
    group: "say",
    icon: MessageSquareText,
    fields: [content()],
    fresh: () => ({ content: { kind: "text", text: "" } }),
    exits: once,
  },
  { type: "template", group: "say", icon: ScrollText, fields: templateFields, fresh: () => ({ kind: "template", name: "" }), exits: once },
  {
    type: "ask",
    group: "ask",
    icon: MessageCircleQuestion,
    fields: [
      content(questions),
      { name: "answer", kind: "variant", by: "kind", variants: answers },
      { name: "variable", kind: "variable" },
      { name: "retry_text", kind: "words", lines: 2, optional: true },
      { name: "tries", kind: "number", least: 1, most: 20, optional: true },
      timeout,
    ],
    fresh: () => ({ content: { kind: "text", text: "" }, answer: { kind: "text" }, variable: "answer" }),
    exits: ["default", "invalid", "timeout"],
    unused: (data) => [...(data.tries === null ? ["invalid"] : []), ...(data.timeout === undefined ? ["timeout"] : [])],
    named: ({ answer }) => (typeof answer === "object" && answer !== null && !Array.isArray(answer) && answer.kind === "choice" ? namesIn(answer.options, "id") : []),
  },
  {
    type: "condition",
    group: "logic",
    icon: GitFork,
    fields: [
      {
        name: "cases",
        kind: "list",
        most: 50,
        least: 1,
        fresh: freshExit("case", { rule: false }),
        of: [
          { name: "exit", kind: "plain" },
          { name: "rule", kind: "rule" },
        ],
      },
    ],
    fresh: () => ({ cases: [{ exit: "case_1", rule: false }] }),
    exits: once,
    named: ({ cases }) => namesIn(cases, "exit"),
  },
  {
    type: "switch",
    group: "logic",
    icon: Split,
    fields: [
      { name: "on", kind: "value" },
      {
        name: "cases",
        kind: "list",
        most: 100,
        least: 1,
        fresh: freshExit("case", { values: [""] }),
        of: [
          { name: "exit", kind: "plain" },
          { name: "values", kind: "texts", of: "plain", most: 100 },
        ],
      },
      { name: "exact", kind: "switch", optional: true },
    ],
    fresh: () => ({ on: { text: "{{message.text}}" }, cases: [{ exit: "case_1", values: [""] }] }),
    exits: once,
    named: ({ cases }) => namesIn(cases, "exit"),
  },
  {
    type: "split",
    group: "logic",
    icon: Shuffle,
    fields: [
      {
        name: "branches",
        kind: "list",
        most: 20,
        least: 2,
        fresh: freshExit("branch", { weight: 50 }),
        of: [
          { name: "exit", kind: "plain" },
          { name: "weight", kind: "number", least: 1, most: 1000 },
        ],
      },
      { name: "stable", kind: "switch" },
    ],
    fresh: () => ({ branches: [{ exit: "A", weight: 50 }, { exit: "B", weight: 50 }], stable: true }),
    exits: [],
    named: ({ branches }) => namesIn(branches, "exit"),
  },
  {
    type: "hours",
    group: "logic",
    icon: CalendarClock,
    fields: [zone, { name: "week", kind: "hours" }, { name: "holidays", kind: "dates", optional: true }],
    fresh: () => ({ zone: "workspace", week: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [{ from: "09:00", to: "17:00" }]])) }),
    exits: ["open", "closed"],
  },
  {
    type: "wait",
    group: "logic",
    icon: Hourglass,
    fields: [
      { name: "for", kind: "duration", optional: true, when: ({ until }) => until === undefined },
      { name: "until", kind: "filled", optional: true, when: (data) => data.for === undefined },
      { name: "before", kind: "duration", optional: true, when: ({ until }) => until !== undefined },
      { name: "at", kind: "clock", optional: true, when: ({ until }) => until !== undefined },
      {
        name: "window",
        kind: "group",
        optional: true,
        fresh: () => ({ hours: [{ from: "09:00", to: "17:00" }] }),
        of: [
          { name: "days", kind: "choices", values: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], optional: true },
          {
            name: "hours",
            kind: "list",
            most: 10,
            least: 1,
            fresh: () => ({ from: "09:00", to: "17:00" }),
            of: [
              { name: "from", kind: "clock" },
              { name: "to", kind: "clock" },
            ],
          },
          { name: "holidays", kind: "dates", optional: true },
        ],
      },
      zone,
      { name: "or_reply", kind: "switch", optional: true },
    ],
    fresh: () => ({ for: { amount: 1, unit: "hours" } }),
    exits: ["default", "replied", "invalid"],
    unused: ({ or_reply, until }) => [...(or_reply === true ? [] : ["replied"]), ...(until === undefined ? ["invalid"] : [])],
  },
  {
    type: "set",
    group: "logic",
    icon: Equal,
    fields: [
      {
        name: "assignments",
        kind: "list",
        most: 50,
        least: 1,
        fresh: () => ({ variable: "", to: { text: "" } }),
        of: [{ name: "variable", kind: "variable" }, { name: "to", kind: "value" }, kindOfValue, { name: "otherwise", kind: "json", optional: true }],
      },
    ],
    fresh: () => ({ assignments: [{ variable: "value", to: { text: "" } }] }),
    exits: once,
  },
  {
    type: "jump",
    group: "logic",
    icon: CornerDownRight,
    fields: [
      { name: "node", kind: "step", optional: true, when: ({ flow }) => flow === undefined },
      { name: "flow", kind: "thing", of: "flow", optional: true, when: ({ node }) => node === undefined },
    ],
    fresh: () => ({}),
    exits: [],
  },
  {
    type: "subflow",
    group: "logic",
    icon: Workflow,
    fields: [
      { name: "flow", kind: "thing", of: "flow" },
      { name: "parameters", kind: "map", of: "value", most: 50, optional: true },
      { name: "returns", kind: "map", of: "plain", most: 50, optional: true },
    ],
    fresh: () => ({ flow: "" }),
    exits: once,
  },
  {
    type: "end",
    group: "logic",
    icon: CircleStop,
    fields: [{ name: "returns", kind: "map", of: "value", most: 50, optional: true }],
    fresh: () => ({}),
    exits: [],
  },
  {
    type: "http",
    group: "do",
    icon: Globe,
    fields: [
      { name: "method", kind: "choice", values: ["GET", "POST", "PUT", "PATCH", "DELETE"] },
      { name: "url", kind: "filled" },
      { name: "headers", kind: "map", of: "filled", most: 20, optional: true },
      { name: "body", kind: "filled", lines: 4, optional: true, when: ({ method }) => method !== "GET" },
      { name: "mapping", kind: "map", of: "plain", most: 50, optional: true },
      { name: "variable", kind: "variable", optional: true },
      { name: "timeout_seconds", kind: "number", least: 1, most: 30 },
    ],
    fresh: () => ({ method: "GET", url: "https://", timeout_seconds: 10 }),
    exits: ["success", "failure", "timeout"],
  },
  {
    type: "contact",
    group: "do",
    icon: UserRoundCog,
    fields: [
      {
        name: "changes",
        kind: "list",
        most: 50,
        least: 1,
        fresh: () => ({ op: "add_tag", tag: "" }),
        of: [
          {
            name: "",
            kind: "variant",
            by: "op",
            variants: {
              add_tag: { fields: [{ name: "tag", kind: "tag" }], fresh: () => ({ tag: "" }) },
              remove_tag: { fields: [{ name: "tag", kind: "tag" }], fresh: () => ({ tag: "" }) },
              set_field: {
                fields: [{ name: "field", kind: "thing", of: "contactField" }, { name: "value", kind: "value" }, kindOfValue],
                fresh: () => ({ field: "", value: { text: "" } }),
              },
              opt: {
                fields: [
                  { name: "kind", kind: "choice", values: ["marketing", "utility", "authentication"] },
                  { name: "state", kind: "choice", values: ["in", "out"] },
                ],
                fresh: () => ({ kind: "marketing", state: "in" }),
              },
              set_language: { fields: [{ name: "language", kind: "filled" }], fresh: () => ({ language: "" }) },
            },
          },
        ],
      },
    ],
    fresh: () => ({ changes: [{ op: "add_tag", tag: "" }] }),
    exits: once,
  },
  {
    type: "assign",
    group: "do",
    icon: UserRoundPlus,
    fields: [
      { name: "team", kind: "thing", of: "team", optional: true },
      { name: "person", kind: "thing", of: "person", optional: true },
      { name: "note", kind: "words", lines: 2, optional: true },
      { name: "silent", kind: "switch" },
      { ...timeout, when: ({ silent }) => silent !== false },
    ],
    fresh: () => ({ silent: true }),
    exits: ["default", "timeout"],
    unused: (data) => (data.silent === false || data.timeout === undefined ? ["timeout"] : []),
  },
  { type: "hand_back", group: "do", icon: Undo2, fields: [], fresh: () => ({}), exits: once },
  {
    type: "note",
    group: "do",
    icon: NotebookPen,
    fields: [{ name: "text", kind: "words", lines: 3 }],
    fresh: () => ({ text: "" }),
    exits: once,
  },
  {
    type: "start_flow",
    group: "do",
    icon: Play,
    fields: [
      { name: "flow", kind: "thing", of: "flow" },
      { name: "contact", kind: "filled" },
      { name: "parameters", kind: "map", of: "value", most: 50, optional: true },
    ],
    fresh: () => ({ flow: "", contact: "" }),
    exits: ["default", "failed"],
  },
  {
    type: "webhook",
    group: "do",
    icon: Webhook,
    fields: [
      { name: "event", kind: "plain" },
      { name: "data", kind: "map", of: "value", most: 50, optional: true },
    ],
    fresh: () => ({ event: "" }),
    exits: once,
  },
  {
    type: "ai",
    group: "ai",
    icon: BookOpenText,
    fields: [
      { name: "knowledge_base", kind: "thing", of: "knowledge" },
      { name: "question", kind: "filled", lines: 2 },
      { name: "instructions", kind: "words", lines: 3, optional: true },
      { name: "send", kind: "switch" },
      {
        name: "rating",
        kind: "group",
        optional: true,
        when: ({ send }) => send !== false,
        of: [
          { name: "text", kind: "words", lines: 2, most: 1024 },
          { name: "yes", kind: "words", most: 20 },
          { name: "no", kind: "words", most: 20 },
        ],
        fresh: () => ({
          text: { en: "Was this helpful?", id: "Apakah jawaban ini membantu?" },
          yes: { en: "👍 Yes", id: "👍 Ya" },
          no: { en: "👎 No", id: "👎 Tidak" },
        }),
      },
      { name: "variable", kind: "variable", optional: true },
      { name: "timeout_seconds", kind: "number", least: 5, most: 60 },
    ],
    fresh: () => ({ knowledge_base: "", question: "{{message.text}}", send: true, timeout_seconds: 30 }),
    exits: ["answered", "no_answer", "failed"],
  },
];

export const unknownIcon = Route;
