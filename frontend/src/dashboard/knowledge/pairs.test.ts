import { expect, it } from "vitest";
import { pairsOf } from "./pairs";

it("reads a question's line and the answer below it", () => {
  expect(pairsOf("How long?\nSixty days.\nUnworn.\n\n\nWhere?\nIn Bend.")).toEqual([
    { question: "How long?", answer: "Sixty days.\nUnworn." },
    { question: "Where?", answer: "In Bend." },
  ]);
});

it("leaves out what has no answer", () => {
  expect(pairsOf("How long?\n\n  \n")).toEqual([]);
});
