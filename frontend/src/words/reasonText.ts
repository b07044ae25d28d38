const figures = /\d[\d,.]*\d|\d/g;
const anything = "…";

/** What the API says in a sentence, in the reader's language: `known` has it by its words, whatever figures are in
 * them (#) or whatever follows (…). What is not known stays as the API says it. */
export function reasonText(reason: string, known: Record<string, string>): string {
  const numbers = reason.match(figures) ?? [];
  const shape = reason.replace(figures, "#");
  for (const [sentence, said] of Object.entries(known)) {
    const begin = sentence.endsWith(anything) ? sentence.slice(0, -1) : null;
    if (begin !== null && reason.startsWith(begin)) return said.slice(0, -1) + reason.slice(begin.length);
    if (sentence === shape) return filled(said, numbers);
  }
  return reason;
}

function filled(text: string, numbers: readonly string[]): string {
  let at = 0;
  return text.replace(/#/g, () => numbers[at++] ?? "");
}
