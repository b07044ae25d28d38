import { expect, it } from "vitest";
import { jsonTokens } from "./jsonTokens";

const value = { "a:b": 'say "null": 1', n: [-1.5e3, true, null], deep: { s: "\\" } };
const printed = JSON.stringify(value, null, 2);

it("loses nothing", () => {
  expect(jsonTokens(printed).map(({ text }) => text).join("")).toBe(printed);
});

it("tells keys, strings, numbers and words apart", () => {
  const of = (kind: string) => jsonTokens(printed).filter((token) => token.kind === kind).map(({ text }) => text);
  expect(of("key")).toEqual(['"a:b"', '"n"', '"deep"', '"s"']);
  expect(of("string")).toEqual([String.raw`"say \"null\": 1"`, String.raw`"\\"`]);
  expect(of("number")).toEqual(["-1500"]);
  expect(of("word")).toEqual(["true", "null"]);
});
