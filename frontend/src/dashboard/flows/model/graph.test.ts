// @vitest-environment node
import { describe, expect, it } from "vitest";
import { addNode, changeData, connect, disconnect, followExits, freeId, idsOf, moveNodes, notesOf, removeChosen, removeNodes, setNotes, snapped, startCard } from "./graph";
import { completed, edgeId, exitOf, type StoredFlow, type StoredNode } from "./storedFlow";

const step = (id: string): StoredNode => ({ id, type: "message", data: {}, position: { x: 0, y: 0 } });
const chain = (...ids: string[]): StoredFlow => {
  const flow = ids.reduce((before, id) => addNode(before, step(id)), completed({}, "Test", "id"));
  return ids.slice(1).reduce((before, id, index) => connect(before, ids[index] ?? "", "default", id), flow);
};
const ways = (flow: StoredFlow) => flow.edges.map((edge) => `${edge.source} ${exitOf(edge)} ${edge.target}`).sort();

describe("names", () => {
  it("counts up from the kind's own name", () => {
    expect(freeId(new Set(), "ask")).toBe("ask");
    expect(freeId(new Set(["ask"]), "ask")).toBe("ask_2");
    expect(freeId(new Set(["ask", "ask_2"]), "ask_2")).toBe("ask_3");
  });
});

it("begins at the first step that is added", () => {
  expect(chain("a", "b").start).toBe("a");
});

it("gives an exit one way: the newest", () => {
  const flow = connect(chain("a", "b", "c"), "a", "default", "c");
  expect(ways(flow)).toEqual(["a default c", "b default c"]);
});

it("leaves what it was given as it was", () => {
  const flow = chain("a", "b");
  const before = structuredClone(flow);
  removeNodes(moveNodes(connect(flow, "b", "x", "a"), new Map([["a", { x: 8, y: 8 }]])), new Set(["a"]));
  expect(flow).toEqual(before);
});

describe("removing", () => {
  it("joins what led through, when there was one way only", () => {
    expect(ways(removeNodes(chain("a", "b", "c"), new Set(["b"])))).toEqual(["a default c"]);
    expect(ways(removeNodes(chain("a", "b", "c", "d"), new Set(["b", "c"])))).toEqual(["a default d"]);
  });

  it("joins nothing past a branch", () => {
    const flow = connect(chain("a", "b", "c"), "b", "other", "a");
    expect(ways(removeNodes(flow, new Set(["b"])))).toEqual([]);
  });

  it("does not run in circles", () => {
    const flow = connect(chain("a", "b", "c"), "c", "default", "b");
    expect(ways(removeNodes(flow, new Set(["b", "c"])))).toEqual([]);
  });

  it("begins with what came next when the start goes", () => {
    expect(removeNodes(chain("a", "b", "c"), new Set(["a"])).start).toBe("b");
    expect(removeNodes(chain("a"), new Set(["a"])).start).toBe("");
  });

  it("takes steps, ways and notes together", () => {
    const note = { id: "note:1", text: "x", position: { x: 0, y: 0 }, size: { width: 1, height: 1 }, tone: "grey" as const };
    const flow = setNotes(chain("a", "b", "c"), [note]);
    const left = removeChosen(flow, new Set(["c", "note:1", edgeId("a", "default")]));
    expect([...idsOf(left)]).toEqual(["a", "b"]);
    expect(ways(left)).toEqual([]);
    expect(notesOf(left)).toEqual([]);
  });

  it("leaves the start card alone", () => {
    expect(removeChosen(chain("a"), new Set([startCard])).nodes).toHaveLength(1);
  });
});

it("drops the ways of exits that a step no longer has", () => {
  const flow = connect(connect(chain("a", "b"), "a", "yes", "b"), "a", "no", "b");
  expect(ways(changeData(flow, "a", {}, ["default", "yes"]))).toEqual(["a default b", "a yes b"]);
});

describe("an exit that is called otherwise", () => {
  const flow = connect(chain("a", "b"), "a", "yes", "b");

  it("keeps its way", () => {
    expect(ways(followExits(flow, "a", ["default", "yes"], ["default", "ja"]))).toEqual(["a default b", "a ja b"]);
  });

  it("is not guessed when several changed", () => {
    expect(followExits(flow, "a", ["yes", "no"], ["ja", "tidak"])).toBe(flow);
  });
});

it("moves steps, notes and the start card", () => {
  const note = { id: "n", text: "", position: { x: 0, y: 0 }, size: { width: 1, height: 1 }, tone: "teal" as const };
  const place = { x: 16, y: 24 };
  const flow = moveNodes(setNotes(chain("a"), [note]), new Map([["a", place], ["n", place], [startCard, place]]));
  expect([flow.nodes[0]?.position, flow.canvas?.notes?.[0]?.position, flow.canvas?.start]).toEqual([place, place, place]);
});

it("snaps to the grid", () => {
  expect(snapped({ x: 13, y: -3 })).toEqual({ x: 16, y: -0 });
});

it("takes ways away", () => {
  expect(ways(disconnect(chain("a", "b", "c"), new Set([edgeId("a", "default")])))).toEqual(["b default c"]);
});
