/** WhatsApp's text formatting, as a tree. Pure; never produces markup from the text itself. */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; href: string };

export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "quote"; children: Inline[] }
  | { kind: "item"; marker: string; children: Inline[] }
  | { kind: "mono"; text: string };

const marks = { "*": "bold", _: "italic", "~": "strike" } as const;
const maxDepth = 4; // one level per mark and one to spare; deeper nesting means nothing
const linkPattern = /(?:https?:\/\/|www\.)[^\s<>"]+/iy;
const trailing = /[.,;:!?'"*_~]+$/;
const wordCharacter = /[\p{L}\p{N}]/u;

function isMark(character: string): character is keyof typeof marks {
  return character in marks;
}

function isBoundary(character: string | undefined): boolean {
  return character === undefined || !wordCharacter.test(character);
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

/** Index of the mark that closes the one at `open`, or -1. Marks hug their text and end at a word's edge. */
function closingMark(line: string, open: number): number {
  const mark = line[open] ?? "";
  if (!isBoundary(line[open - 1]) || isSpace(line[open + 1]) || line[open + 1] === mark) return -1;
  for (let at = line.indexOf(mark, open + 2); at !== -1; at = line.indexOf(mark, at + 1)) {
    if (!isSpace(line[at - 1]) && isBoundary(line[at + 1]) && line[at + 1] !== mark) return at;
  }
  return -1;
}

/** The link that starts at `at`, without the punctuation that ends a sentence. */
function linkAt(line: string, at: number): string | null {
  if (!isBoundary(line[at - 1])) return null;
  linkPattern.lastIndex = at;
  const found = linkPattern.exec(line)?.[0];
  if (found === undefined) return null;
  let link = found.replace(trailing, "");
  if (link.endsWith(")") && !link.includes("(")) link = link.slice(0, -1).replace(trailing, "");
  const host = link.replace(/^https?:\/\//i, "");
  return host.length > 0 && (!/^www\./i.test(link) || link.length > 4) ? link : null;
}

export function parseInline(line: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push({ kind: "text", text: plain });
    plain = "";
  };
  let at = 0;
  while (at < line.length) {
    const character = line[at] ?? "";
    if (character === "`") {
      const close = line.indexOf("`", at + 1);
      if (close > at + 1) {
        flush();
        out.push({ kind: "code", text: line.slice(at + 1, close) });
        at = close + 1;
        continue;
      }
    } else if (isMark(character) && depth < maxDepth) {
      const close = closingMark(line, at);
      if (close !== -1) {
        flush();
        out.push({ kind: marks[character], children: parseInline(line.slice(at + 1, close), depth + 1) });
        at = close + 1;
        continue;
      }
    } else if (character === "h" || character === "H" || character === "w" || character === "W") {
      const link = linkAt(line, at);
      if (link !== null) {
        flush();
        const href = /^https?:/i.test(link) ? link : `https://${link}`;
        out.push({ kind: "link", text: link, href });
        at += link.length;
        continue;
      }
    }
    plain += character;
    at += 1;
  }
  flush();
  return out;
}

function parseLine(line: string): Block {
  const quote = /^> (.*)$/.exec(line);
  if (quote) return { kind: "quote", children: parseInline(quote[1] ?? "") };
  const bullet = /^[*-] (.+)$/.exec(line);
  if (bullet) return { kind: "item", marker: "•", children: parseInline(bullet[1] ?? "") };
  const numbered = /^(\d{1,3}\.) (.+)$/.exec(line);
  if (numbered) {
    return { kind: "item", marker: numbered[1] ?? "", children: parseInline(numbered[2] ?? "") };
  }
  return { kind: "paragraph", children: parseInline(line) };
}

export function parseText(text: string): Block[] {
  const blocks: Block[] = [];
  // Odd pieces stand between a pair of ``` fences; an unclosed fence stays plain text.
  const pieces = text.replace(/\r\n?/g, "\n").split(/```([\s\S]+?)```/);
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) {
      blocks.push({ kind: "mono", text: piece.replace(/^\n|\n$/g, "") });
      return;
    }
    if (piece === "" || (piece.trim() === "" && pieces.length > 1)) return;
    let plain = piece;
    if (index > 0) plain = plain.replace(/^\n/, "");
    if (index < pieces.length - 1) plain = plain.replace(/\n$/, "");
    blocks.push(...plain.split("\n").map(parseLine));
  });
  return blocks;
}

function inlineText(nodes: Inline[]): string {
  return nodes.map((node) => ("children" in node ? inlineText(node.children) : node.text)).join("");
}

/** One line without marks, for previews. */
export function plainText(text: string): string {
  return parseText(text)
    .map((block) => {
      if (block.kind === "mono") return block.text;
      const line = inlineText(block.children);
      return block.kind === "item" ? `${block.marker} ${line}` : line;
    })
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

const emojiOnly = /^(?:\p{RI}{2}|\p{Emoji}\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\p{EMod}|\uFE0F)?(?:\u200D\p{Extended_Pictographic}(?:\p{EMod}|\uFE0F)?)*){1,3}$/u;

/** One to three emoji and nothing else: WhatsApp shows them large. */
export function isLargeEmoji(text: string): boolean {
  return emojiOnly.test(text.replace(/\s/g, ""));
}
