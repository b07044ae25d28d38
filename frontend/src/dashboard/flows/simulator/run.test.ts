// @vitest-environment node
import { expect, it } from "vitest";
import type { SimulationAnswer } from "../flowShapes";
import { after, awaitedCall, begun, chatLines, pathOf, saidBefore, stateNow, waitingNow, type Run } from "./run";
import { shownMessage } from "./sentMessage";

const answer = (more: Partial<SimulationAnswer>): SimulationAnswer => ({ state: {}, waiting: null, variables: {}, contact: {}, effects: [], visits: [], stopped: null, ...more });
const visit = (node: string, exit: string | null, flow = "simulated") => ({ flow, node, entered: true, exit, dropped: null });
const step = (id: string, type: string) => ({ id, type, data: {} });
const drawn = { nodes: [step("greet", "message"), step("ask", "ask"), step("glad", "message")], edges: [{ source: "greet", target: "ask" }, { source: "ask", target: "glad" }] };
const text = (body: string) => ({ type: "send", message: { type: "text", text: { body } } });

function talk(): Run {
  const first = after(begun, {
    event: { type: "said", text: "halo" },
    answer: answer({
      state: { n: 1 },
      waiting: { awaited: "customer", deadline: null, flow: "simulated", node: "ask" },
      effects: [text("Halo"), text("Baik?"), { type: "wake_at", at: 5 }],
      visits: [visit("greet", "default"), visit("ask", null)],
    }),
  });
  return after(first, { event: { type: "said", text: "baik" }, answer: answer({ state: { n: 2 }, effects: [text("Syukurlah")], visits: [visit("ask", "default"), visit("glad", null)] }) });
}

it("is a chat in its order", () => {
  expect(chatLines(talk()).map(({ kind, text: words, message }) => [kind, words || shownMessage(message ?? {}).text])).toEqual([
    ["said", "halo"],
    ["sent", "Halo"],
    ["sent", "Baik?"],
    ["said", "baik"],
    ["sent", "Syukurlah"],
  ]);
});

it("lights the way that was gone, and where it stands", () => {
  expect([...pathOf(talk(), drawn)]).toEqual([
    ["start::default", "passed"],
    ["greet", "passed"],
    ["greet:default", "passed"],
    ["ask", "passed"],
    ["ask:default", "passed"],
    ["glad", "now"],
  ]);
  expect(pathOf(begun, drawn).size).toBe(0);
});

it("lights the usual way for an option without one of its own", () => {
  const chosen = after(talk(), { event: { type: "said", text: "Teh", payload: "tea" }, answer: answer({ visits: [visit("ask", "tea")] }) });
  expect(pathOf({ ...chosen, steps: chosen.steps.slice(2), at: 1 }, drawn).get("ask:default")).toBe("passed");
});

it("lights nothing for what happens in a flow within it", () => {
  const inner = after(begun, {
    event: { type: "said", text: "halo" },
    answer: answer({
      waiting: { awaited: "customer", deadline: null, flow: "inner", node: "glad" },
      visits: [visit("greet", "default"), visit("ask", null), visit("glad", null, "inner")],
    }),
  });
  const path = pathOf(inner, drawn);
  expect(path.get("glad")).toBeUndefined();
  expect(path.get("ask")).toBe("now");
});

it("looks back without losing what came after, until something else is said", () => {
  const past = { ...talk(), at: 1 };
  expect(stateNow(past)).toEqual({ n: 1 });
  expect(waitingNow(past)?.node).toBe("ask");
  expect(chatLines(past)).toHaveLength(3);
  const other = after(past, { event: { type: "said", text: "kurang" }, answer: answer({ state: { n: 7 } }) });
  expect(other.steps).toHaveLength(2);
  expect(stateNow(other)).toEqual({ n: 7 });
});

it("tells why it stopped", () => {
  const run = after(begun, { event: { type: "timer_fired" }, answer: answer({ stopped: "too_many_steps" }) });
  expect(chatLines(run).map(({ kind, text: words }) => [kind, words])).toEqual([["event", "timer_fired"], ["problem", "too_many_steps"]]);
});

it("shows what can be tapped", () => {
  const reply = { type: "reply", reply: { id: "a", title: "Ya" } };
  const message = { type: "interactive", interactive: { type: "button", header: { type: "text", text: "H" }, body: { text: "B" }, action: { buttons: [reply] } } };
  expect(shownMessage(message)).toMatchObject({ header: "H", text: "B", taps: [{ id: "a", title: "Ya" }] });
  const rows = { button: "Pilih", sections: [{ rows: [{ id: "r", title: "T", description: "D" }] }] };
  expect(shownMessage({ type: "interactive", interactive: { type: "list", body: { text: "B" }, action: rows } })).toMatchObject({
    opens: "Pilih",
    taps: [{ id: "r", title: "T", description: "D" }],
  });
  expect(shownMessage({ type: "image", image: { link: "x", caption: "C" } })).toMatchObject({ type: "image", text: "C" });
});

it("knows what is asked of the knowledge, and what was said before", () => {
  const asks = { type: "ask_knowledge", question: "berapa garansinya?", knowledge_base: "kb" };
  const asked = after(talk(), {
    event: { type: "said", text: "berapa garansinya? " },
    answer: answer({ waiting: { awaited: "action", deadline: 9, flow: "simulated", node: "ai" }, effects: [asks, { type: "wake_at", at: 9 }] }),
  });
  expect(awaitedCall(talk())).toBeNull();
  expect(awaitedCall(asked)).toEqual(asks);
  expect(saidBefore(asked, asks.question).at(-1)).toEqual({ by_us: true, text: "Syukurlah" });
  expect(saidBefore(asked, "Halo")).toHaveLength(6);
});
