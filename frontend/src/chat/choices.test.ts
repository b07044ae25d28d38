import { expect, it } from "vitest";
import { choicesOf } from "./choices";

it("finds buttons, rows and links", () => {
  const button = { type: "reply", reply: { id: "y", title: "Yes" } };
  expect(choicesOf("interactive", { action: { buttons: [button] } })).toEqual([{ id: "y", title: "Yes" }]);
  const row = { id: "m", title: "Medium", description: "Fits most" };
  expect(choicesOf("interactive", { action: { sections: [{ rows: [row] }] } })).toEqual([row]);
  const parameters = { display_text: "Open", url: "https://a.example" };
  expect(choicesOf("interactive", { action: { parameters } })[0]?.title).toBe("Open");
});

it.each([null, undefined, [], "text", { action: 5 }, { action: { buttons: [null, { reply: 1 }] } }])("bears %j", (content) => {
  expect(choicesOf("interactive", content)).toEqual([]);
});

it("finds nothing in other types", () => {
  expect(choicesOf("text", { action: { buttons: [{ reply: { title: "Yes" } }] } })).toEqual([]);
});
