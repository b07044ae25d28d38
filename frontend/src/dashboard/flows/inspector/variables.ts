/** The names that can be put into texts and rules, and putting them there. */
import type { Json, StoredFlow } from "../model/storedFlow";

const always = [
  "contact.name",
  "contact.phone",
  "contact.username",
  "contact.language",
  "contact.tags",
  "message.text",
  "message.payload",
  "workspace.name",
];

/** Fields of a step whose value is the name of a variable that it sets. */
const namesVariable = new Set(["variable"]);
/** Those whose keys are such names. */
const namesByKey = new Set(["mapping", "returns"]);

function variablesIn(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const each of value) variablesIn(each, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (namesByKey.has(key)) for (const name of Object.keys(each ?? {})) found.add(`vars.${name}`);
      else if (namesVariable.has(key) && typeof each === "string" && each !== "") found.add(`vars.${each}`);
      else variablesIn(each, found);
    }
  }
}

/** Everything a text in this flow can name. */
export function variablesOf(flow: StoredFlow): string[] {
  const own = new Set<string>();
  const fields = new Set<string>();
  for (const { name } of (flow.parameters as { name: string }[] | undefined) ?? []) own.add(`vars.${name}`);
  for (const { data } of flow.nodes) {
    variablesIn(data, own);
    for (const [, field] of JSON.stringify(data).matchAll(/contact\.fields\.([A-Za-z][A-Za-z0-9_]*)/g)) if (field) fields.add(`contact.fields.${field}`);
  }
  return [...[...own].sort(), ...always, ...[...fields].sort()];
}

/** What was typed of a name, when the caret stands in an open `{{`; else null. */
export function beganWith(text: string, caret: number): string | null {
  const before = text.slice(0, caret);
  const found = /\{\{\s*([A-Za-z0-9_.]*)$/.exec(before);
  return found?.[1] ?? null;
}

export function suggestions(names: readonly string[], began: string): string[] {
  const wanted = began.toLowerCase();
  const starts = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const holds = names.filter((name) => !starts.includes(name) && name.toLowerCase().includes(wanted));
  return [...starts, ...holds].slice(0, 40);
}

/** The text with a variable at the caret; what was begun there is completed. */
export function put(text: string, caret: number, name: string): { text: string; caret: number } {
  const began = beganWith(text, caret);
  const head = began === null ? text.slice(0, caret) : text.slice(0, caret).replace(/\{\{\s*[A-Za-z0-9_.]*$/, "");
  const tail = text.slice(caret).replace(began === null ? /^$/ : /^\s*[A-Za-z0-9_.]*\s*\}\}/, "");
  const placed = `{{${name}}}`;
  return { text: `${head}${placed}${tail}`, caret: head.length + placed.length };
}
