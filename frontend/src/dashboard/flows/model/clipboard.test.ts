// @vitest-environment node
import { expect, it } from "vitest";
import { paste, pieceFromText, pieceOf, pieceToText } from "./clipboard";
import { addNode, connect, notesOf, setNotes } from "./graph";
import { completed, exitOf, type StoredFlow } from "./storedFlow";

const note = { id: "note:1", text: "ingat", position: { x: 40, y: 40 }, size: { width: 9, height: 9 }, tone: "teal" as const };

function sample(): StoredFlow {
  let flow = completed({}, "Asal", "id");
  flow = addNode(flow, { id: "ask", type: "ask", data: { variable: "a" }, position: { x: 80, y: 80 }, title: "Nama" });
  flow = addNode(flow, { id: "thanks", type: "message", data: {}, position: { x: 400, y: 160 } });
  flow = addNode(flow, { id: "other", type: "end", data: {}, position: { x: 800, y: 0 } });
  flow = connect(connect(flow, "ask", "default", "thanks"), "thanks", "default", "other");
  return setNotes(flow, [note]);
}

const carried = (flow: StoredFlow, chosen: string[]) => pieceFromText(pieceToText(pieceOf(flow, new Set(chosen))));

it("carries what was chosen, and the ways within it, through text", () => {
  const piece = carried(sample(), ["ask", "thanks", "note:1"]);
  expect(piece?.nodes.map(({ id, title }) => [id, title])).toEqual([["ask", "Nama"], ["thanks", undefined]]);
  expect(piece?.edges.map(({ source, target }) => [source, target])).toEqual([["ask", "thanks"]]);
  expect(piece?.notes).toEqual([note]);
});

it("puts it under free names with its corner where one wants it", () => {
  const flow = sample();
  const piece = carried(flow, ["ask", "thanks"]);
  if (!piece) throw new Error("no piece");
  const { flow: pasted, put } = paste(flow, piece, { x: 1000, y: 1000 });
  expect([...put]).toEqual(["ask_2", "thanks_2"]);
  expect(pasted.nodes.slice(-2).map(({ position }) => position)).toEqual([{ x: 1000, y: 1000 }, { x: 1320, y: 1080 }]);
  expect(pasted.edges.map((edge) => [edge.source, exitOf(edge), edge.target])).toContainEqual(["ask_2", "default", "thanks_2"]);
  expect(pasted.start).toBe("ask");
});

it("makes the start of an empty flow", () => {
  const piece = carried(sample(), ["thanks", "note:1"]);
  if (!piece) throw new Error("no piece");
  const { flow } = paste(completed({}, "Lain", "id"), piece, { x: 0, y: 0 });
  expect(flow.start).toBe("thanks");
  expect(notesOf(flow)[0]?.id).not.toBe("note:1");
});

it.each(["", "halo", "{}", "[]", "null", '{"kind":"kabar/flow-piece"}', '{"kind":"kabar/flow-piece","nodes":[{"id":7}]}', '{"kind":"other","nodes":[]}'])(
  "takes nothing from %j",
  (text) => {
    expect(pieceFromText(text)).toBeNull();
  },
);
