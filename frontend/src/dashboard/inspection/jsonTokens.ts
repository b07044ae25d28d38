export interface JsonToken {
  kind: "key" | "string" | "number" | "word" | "plain";
  text: string;
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Cuts printed JSON into pieces that can be tinted; joined, they give the text back. */
export function jsonTokens(text: string): JsonToken[] {
  const out: JsonToken[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    const [whole, quoted, colon, number] = match;
    if (match.index > from) out.push({ kind: "plain", text: text.slice(from, match.index) });
    if (quoted !== undefined) {
      out.push({ kind: colon === undefined ? "string" : "key", text: quoted });
      if (colon !== undefined) out.push({ kind: "plain", text: colon });
    } else {
      out.push({ kind: number === undefined ? "word" : "number", text: whole });
    }
    from = match.index + whole.length;
  }
  if (from < text.length) out.push({ kind: "plain", text: text.slice(from) });
  return out;
}
