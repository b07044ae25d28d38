import { expect, it } from "vitest";
import { inverse, mergePreview, patched } from "./contactPatches";
import { contact } from "./contactSample";

const ana = contact({ id: "a", name: "Ana", tags: ["vip"], fields: { size: 42, city: "Bandung" } });

it("shows what a patch will make, field by field", () => {
  expect(patched(ana, { name: "Ani", fields: { city: null, paid: true } })).toEqual({
    ...ana,
    name: "Ani",
    fields: { size: 42, paid: true },
  });
});

it.each([
  { name: "Ani" },
  { phone: "+6281" },
  { tags: ["new"], email: "a@b.co" },
  { fields: { city: null, size: 43 } },
  { fields: { unknown_before: "x" } },
])("is undone by its inverse: %j", (patch) => {
  expect(patched(patched(ana, patch), inverse(ana, patch))).toEqual(ana);
});

it("tells what comes over in a merge and what stays", () => {
  const other = contact({
    id: "b",
    name: "Ana W.",
    email: "ana@kabar.test",
    tags: ["vip", "bandung"],
    fields: { size: 41, city: "Bandung", paid: true },
    conversations: ["whatsapp.1"],
  });
  expect(mergePreview(ana, other)).toEqual([
    { what: "name", value: "Ana", comesOver: false },
    { what: "email", value: "ana@kabar.test", comesOver: true },
    { what: "tag", value: "bandung", comesOver: true },
    { what: "field", key: "size", value: "42", comesOver: false },
    { what: "field", key: "paid", value: "true", comesOver: true },
    { what: "conversations", value: "1", comesOver: true },
  ]);
});

it("has nothing to tell of a twin", () => {
  expect(mergePreview(ana, contact({ ...ana, id: "b" }))).toEqual([]);
});
