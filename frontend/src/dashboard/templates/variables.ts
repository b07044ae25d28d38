/** The variables of a template's text: {{1}} or {{first_name}}. */
const variable = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Each once: numbered ones by their number, named ones in the order of the text. */
export function namesIn(text: string): string[] {
  const names = [...new Set([...text.matchAll(variable)].map((found) => found[1] ?? ""))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

/** A variable without a value stays as it is. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(variable, (whole, name: string) => values[name] || whole);
}

/** The number of the next variable of a text. */
export function nextNumber(text: string): number {
  return Math.max(0, ...namesIn(text).map(Number).filter(Number.isFinite)) + 1;
}
