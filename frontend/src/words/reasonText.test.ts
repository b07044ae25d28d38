// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { english } from "./english";
import { indonesian } from "./indonesian";
import { reasonText } from "./reasonText";

const folder = new URL("../../../functions/rag/", import.meta.url);
const csvFiles = new URL("../../../layers/shared/csv_files.py", import.meta.url);
/** The functions' code, with texts that stand in several lines put together. */
const code = [".", "sources"]
  .flatMap((below) => readdirSync(new URL(`${below}/`, folder)).map((name) => new URL(`${below}/${name}`, folder)))
  .filter(({ pathname }) => pathname.endsWith(".py"))
  .concat(csvFiles)
  .map((file) => readFileSync(file, "utf8").replace(/"\s+f?"/g, ""))
  .join("\n");

describe("reasons of documents", () => {
  it.each([
    ["There is no text in it.", "Tidak ada teks di dalamnya."],
    ["The file has 2,001 pages; at most 2,000 can be read.", "Berkas ini 2,001 halaman; paling banyak 2,000 yang dapat dibaca."],
    ["The page could not be fetched: status 404.", "Halaman tidak dapat diambil: status 404."],
    ["The page could not be fetched: no such host", "Halaman tidak dapat diambil: no such host"],
    ["Something new.", "Something new."],
  ])("%s", (reason, said) => {
    expect(reasonText(reason, indonesian.knowledge.reasons)).toBe(said);
    expect(reasonText(reason, english.knowledge.reasons)).toBe(reason);
  });

  it("are what the functions say", () => {
    const { reasons } = indonesian.knowledge;
    const said = Object.keys({ ...reasons, ...indonesian.evaluation.rowProblems }).flatMap((sentence) => sentence.split(/[#…]/));
    expect(said.filter((part) => !code.includes(part))).toEqual([]);
  });
});

it.each([
  ["row 3, document", "baris 3, dokumen"],
  ["row 12", "baris 12"],
  ['there is no document named "Prices.pdf"', 'tidak ada dokumen bernama "Prices.pdf"'],
  ["has more than 1,000 characters", "lebih dari 1,000 huruf"],
])("rows of a table of questions: %s", (said, inIndonesian) => {
  const { rowPlaces, rowProblems } = indonesian.evaluation;
  expect(reasonText(said, { ...rowPlaces, ...rowProblems })).toBe(inIndonesian);
  expect(reasonText(said, { ...english.evaluation.rowPlaces, ...english.evaluation.rowProblems })).toBe(said);
});
