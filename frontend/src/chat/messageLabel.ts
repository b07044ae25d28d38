import type { Words } from "../words/english";
import { plainText } from "./formatting";

export function typeLabel(type: string, words: Words): string {
  return words.message.types[type] ?? words.message.unknownType(type);
}

/** One line that stands for a message in a list. */
export function previewText(message: { type: string; text: string | null }, words: Words): string {
  const text = message.text === null ? "" : plainText(message.text);
  if (message.type === "text") return text || words.message.noText;
  return text ? `${typeLabel(message.type, words)}: ${text}` : typeLabel(message.type, words);
}
