// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { english } from "./english";
import { indonesian } from "./indonesian";
import { reasonOf } from "./reasonOf";

const house = new URL("../../../", import.meta.url);

function read(path: string): string {
  // Texts that stand in several lines are put together.
  return readFileSync(new URL(path, house), "utf8").replace(/"\s+f?"/g, "");
}

function below(folder: string): string[] {
  return readdirSync(new URL(folder, house), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py"))
    .map((name) => `${folder}${name}`);
}

describe("why something failed", () => {
  it.each([
    ["The account is locked (131031)", "Akun terkunci (131031)"],
    ["The account is locked: see the manager (WABA) (131031)", "Akun terkunci: see the manager (WABA) (131031)"],
    ["Message undeliverable (131026)", "Pesan tidak dapat sampai ke orang ini (131026)"],
    ["There is a problem with the payment method (131042).", "Ada masalah dengan cara pembayaran (131042)."],
    ["No word from WhatsApp after 3 tries.", "Tidak ada kabar dari WhatsApp setelah 3 percobaan."],
    ["The file has 12 rows; 1 to 1000000 can be sent to.", "Berkas ini 12 baris; 1 sampai 1000000 yang dapat dikirimi."],
    ["Something new (99)", "Something new (99)"],
    ["", ""],
  ])("%s", (reason, said) => {
    expect(reasonOf(reason, indonesian)).toBe(said);
    expect(reasonOf(reason, english)).toBe(reason);
  });

  const [, errors = ""] = /ERROR_CODES: (.*)\n_BY_STATUS/s.exec(read("layers/shared/channels/errors.py")) ?? [];
  const codes = [...errors.matchAll(/^ {4}(\d+): ErrorCode\(\s*Action\.\w+, "([^"]+)"/gm)];

  it("is known for every code of WhatsApp", () => {
    expect(codes.length).toBeGreaterThan(100);
    expect(Object.keys(indonesian.reasons.codes)).toEqual(codes.map(([, code]) => code));
  });

  it("has no colon of its own: what WhatsApp says beside it follows one", () => {
    expect(codes.filter(([, , words = ""]) => words.includes(":"))).toEqual([]);
  });

  it("is what the functions say", () => {
    const code = [...below("functions/gateway/"), ...below("functions/blast/"), ...below("functions/contacts/"), ...below("layers/shared/")].map(read).join("\n");
    const said = Object.keys(indonesian.reasons.sentences).flatMap((sentence) => sentence.split(/[#…]/));
    expect(said.filter((part) => !code.includes(part))).toEqual([]);
  });
});
