import { expect, it } from "vitest";
import { matchingItems, type PaletteItem } from "./paletteItems";

const item = (id: string, group: PaletteItem["group"], label: string, more = ""): PaletteItem => ({
  id,
  group,
  label,
  hint: null,
  searchable: `${label} ${more}`.toLowerCase(),
  run: () => undefined,
});

const items = [
  item("1", "conversations", "Mariana", "+62 811"),
  item("2", "conversations", "Ana Wijaya", "+62 812"),
  item("out", "actions", "Sign out"),
];
const found = (query: string) => matchingItems(items, query).map(({ id }) => id);

it("finds every word anywhere, names that start with it first", () => {
  expect(found("ana")).toEqual(["2", "1"]);
  expect(found("812 ana")).toEqual(["2"]);
  expect(found("OUT")).toEqual(["out"]);
  expect(found("nobody")).toEqual([]);
});

it("shows conversations before actions, and only a handful", () => {
  const many = Array.from({ length: 30 }, (_, index) => item(`c${index}`, "conversations", `C ${index}`));
  expect(matchingItems([...many, ...items], "").map(({ group }) => group)).toEqual([
    ...Array<string>(8).fill("conversations"),
    "actions",
  ]);
});
