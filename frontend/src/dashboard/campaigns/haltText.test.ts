// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { english } from "../../words/english";
import { indonesian } from "../../words/indonesian";
import type { Halt } from "./campaignShapes";
import { haltText } from "./haltText";

const paused: Halt = {
  code: "template_because",
  words: "The template sale is PAUSED at WhatsApp: too many.",
  values: { template: "sale", status: "PAUSED", details: "too many" },
};
const refused: Halt = { code: "refused", words: "The account is locked (131031)", values: { details: "The account is locked (131031)" } };

describe("why a campaign stands still", () => {
  it("is told in the reader's language", () => {
    expect(haltText(paused, indonesian)).toBe("Templat sale di WhatsApp kini: Dijeda (too many).");
    expect(haltText(paused, english)).toBe(paused.words);
    expect(haltText(refused, indonesian)).toBe("Akun terkunci (131031)");
    expect(haltText({ ...refused, code: "new" }, indonesian)).toBe(refused.words);
  });

  it("is known in Indonesian for every code, with the same values", () => {
    const code = readFileSync(new URL("../../../../layers/shared/campaigns/halts.py", import.meta.url), "utf8");
    const [, table = ""] = /WORDS: (.*?)\n\}/s.exec(code) ?? [];
    const known = [...table.matchAll(/^ {4}"(\w+)":(.*)$/gm)];
    expect(Object.keys(indonesian.campaigns.halts)).toEqual(known.map(([, name]) => name));
    const places = (text: string) => new Set(text.match(/\{\w+\}/g));
    for (const [, name = "", said = ""] of known) {
      if (name !== "limit") expect(places(indonesian.campaigns.halts[name] ?? "")).toEqual(places(said));
    }
  });
});
