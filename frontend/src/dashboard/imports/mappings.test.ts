import { expect, it } from "vitest";
import { mappingProblem, sentMapping, startMapping } from "./mappings";

const fields = [{ key: "city", name: "City", type: "text" as const, choices: [], revision: 1 }];
const preview = {
  columns: ["Nama", "HP", "Kota", "Lain"],
  rows: [],
  suggested: { Nama: "name", HP: "phone", Kota: "field:city", Lain: "field:gone" },
};

it("starts from what is suggested, but only with fields that exist", () => {
  expect(startMapping(preview, fields)).toEqual({ Nama: "name", HP: "phone", Kota: "field:city", Lain: "" });
  expect(startMapping(preview, []).Kota).toBe("");
});

it.each([
  [{ a: "phone", b: "name" }, null],
  [{ a: "phone", b: "tags", d: "", e: "" }, null],
  [{ a: "name", b: "" }, { kind: "needs-phone", target: "phone" }],
  [{ a: "phone", b: "field:city", c: "field:city" }, { kind: "twice", target: "field:city" }],
  [{ a: "phone", b: "phone" }, { kind: "twice", target: "phone" }],
])("judges %j", (mapping, problem) => {
  expect(mappingProblem(mapping)).toEqual(problem);
});

it("sends only columns that go somewhere", () => {
  expect(sentMapping({ a: "phone", b: "" })).toEqual({ a: "phone" });
});
