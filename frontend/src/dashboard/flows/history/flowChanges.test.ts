// @vitest-environment node
import { expect, it } from "vitest";
import { english } from "../../../words/english";
import { addNode, connect, moveNodes, removeNodes } from "../model/graph";
import { completed } from "../model/storedFlow";
import { flowChanges } from "./flowChanges";

const say = (id: string, text: string) => ({ id, type: "message", data: { content: { kind: "text", text } }, position: { x: 0, y: 0 } });
const before = connect(addNode(addNode(completed({}, "Toko", "id"), say("a", "Halo")), say("b", "Dah")), "a", "default", "b");

it("sees nothing in a move", () => {
  expect(flowChanges(before, moveNodes(before, new Map([["a", { x: 800, y: 8 }]])), english)).toEqual([]);
});

it("tells of texts, steps, ways, names and beginnings", () => {
  const changed = {
    ...removeNodes(before, new Set(["b"])),
    name: "Toko baru",
    triggers: [{ type: "any_message" }],
    nodes: [say("a", "Hai"), say("c", "Sampai jumpa")],
  };
  const titles = flowChanges(before, connect(changed, "a", "default", "c"), english).map(({ title, after }) => [title, after]);
  expect(titles.map(([title]) => title)).toEqual(["Name", "Begins when", "Removed step", "Message: Kind", "New step", "Message, then: leads to"]);
  expect(titles[0]?.[1]).toBe("Toko baru");
});
