// @vitest-environment node
import { expect, it } from "vitest";
import { mockedApi } from "../../api/mockedApi";
import type { SimulationAnswer } from "../flowShapes";
import { forReal } from "./forReal";
import { after, begun, type Run } from "./run";

const answer = (more: Partial<SimulationAnswer>): SimulationAnswer => ({ state: {}, waiting: null, variables: {}, contact: {}, effects: [], visits: [], stopped: null, ...more });

function waitingFor(effect: { type: string; [name: string]: string }): Run {
  const greeted = after(begun, {
    event: { type: "said", text: "halo" },
    answer: answer({ effects: [{ type: "send", message: { type: "text", text: { body: "Silakan tanya." } } }] }),
  });
  return after(greeted, {
    event: { type: "said", text: "berapa lama garansinya?" },
    answer: answer({ waiting: { awaited: "action", deadline: 9, flow: "f", node: "ai" }, effects: [effect] }),
  });
}

const asks = { type: "ask_knowledge", knowledge_base: "kb_1", question: "berapa lama garansinya?", language: "id_ID", instructions: "Ramah." };

it("asks the knowledge as the step does, and tells what it answers", async () => {
  const api = mockedApi();
  const sources = [{ number: 1, document_id: "d", title: "aturan.md", headings: [], page: null, chunk_no: 0 }];
  const found = { id: "a", reason: "", question: asks.question, threshold: 0.35, passages: [], prompt: null, model: "m", tokens_in: 1, tokens_out: 1, rerank_queries: 0, rerank_failed: false, usd: null, milliseconds: 1 };
  api.knowledge.ask.mockResolvedValue({ ...found, outcome: "answered", text: "Dua tahun [1]", sources });

  expect(await forReal(api, waitingFor(asks), { type: "perform" })).toEqual({ type: "ai_answered", outcome: "answered", text: "Dua tahun [1]", sources });

  expect(api.knowledge.ask).toHaveBeenCalledExactlyOnceWith("kb_1", {
    question: "berapa lama garansinya?",
    language: "id",
    instructions: "Ramah.",
    history: [
      { by_us: false, text: "halo" },
      { by_us: true, text: "Silakan tanya." },
    ],
  });
});

it("leaves calls to the simulation, and what is typed in as it is", async () => {
  const api = mockedApi();
  const typed = { type: "ai_answered", outcome: "no_answer", text: "" } as const;

  expect(await forReal(api, waitingFor({ type: "call_http", url: "https://shop.example/" }), { type: "perform" })).toEqual({ type: "perform" });
  expect(await forReal(api, waitingFor(asks), typed)).toEqual(typed);
  expect(api.knowledge.ask).not.toHaveBeenCalled();
});
