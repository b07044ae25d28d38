import { expect, it } from "vitest";
import { dictionaries, startingLanguage } from "./language";

it.each([
  [null, ["id-ID", "en"], "id"],
  [null, ["in", "en"], "id"],
  [null, ["fr-FR", "en-US"], "en"],
  [null, [], "en"],
  ["id", ["en"], "id"],
  ["xx", ["id"], "id"],
])("stored %s, browser %j: %s", (stored, preferred, expected) => {
  expect(startingLanguage(stored, preferred)).toBe(expected);
});

function texts(words: unknown): string[] {
  if (typeof words === "string") return [words];
  if (typeof words === "function") return [(words as (...given: string[]) => string)("x", "y")];
  return Object.values(words as object).flatMap(texts);
}

it("leaves no text empty and shouts in no language", () => {
  for (const words of Object.values(dictionaries)) {
    for (const text of texts(words)) {
      expect(text.trim()).not.toBe("");
      expect(text).not.toContain("!");
    }
  }
});
