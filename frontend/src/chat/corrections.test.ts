import { expect, it } from "vitest";
import { withCorrections } from "./corrections";

const said = (wamid: string, more: object = {}) => ({
  direction: "in" as "in" | "out",
  type: "text",
  text: `text of ${wamid}`,
  wamid,
  target: null as string | null,
  ...more,
});

it("shows an edit in the place of what was said first", () => {
  const [only, ...rest] = withCorrections([said("a"), said("b", { type: "edit", text: "new", target: "a" })]);
  expect(rest).toEqual([]);
  expect(only).toMatchObject({ wamid: "a", text: "new", edited: true, deleted: false });
});

it("marks what was deleted", () => {
  const shown = withCorrections([said("a"), said("b", { type: "revoke", text: "", target: "a" })]);
  expect(shown).toMatchObject([{ wamid: "a", deleted: true }]);
});

it("keeps the newest reaction of each side, and takes back what was taken back", () => {
  const react = (text: string, direction: string) => said(`r${text}`, { type: "reaction", text, target: "a", direction });
  expect(withCorrections([said("a"), react("👍", "in"), react("😮", "in"), react("❤️", "out")])[0]?.reactions).toEqual(["😮", "❤️"]);
  expect(withCorrections([said("a"), react("👍", "in"), react("", "in")])[0]?.reactions).toEqual([]);
});

it("leaves alone what is about a message that is not loaded", () => {
  const lonely = said("b", { type: "edit", target: "gone" });
  expect(withCorrections([lonely])).toMatchObject([{ wamid: "b", edited: false }]);
});

it("changes nothing of what it was given", () => {
  const first = said("a");
  withCorrections([first, said("b", { type: "edit", text: "new", target: "a" })]);
  expect(first.text).toBe("text of a");
});
