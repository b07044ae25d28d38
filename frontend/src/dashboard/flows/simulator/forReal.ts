import type { Api } from "../../api/client";
import type { SimulatedEvent } from "../flowShapes";
import { awaitedCall, saidBefore, type Run } from "./run";

const mostSaid = 8;
const longest = 2000;
const written = (value: unknown) => (typeof value === "string" ? value : "");

/** The event as the simulation takes it. Calls are made by the simulation itself; knowledge is asked at its own
 * route, where the answer is metered as any other, and what it says is told to the simulation. */
export async function forReal(api: Api, run: Run, event: SimulatedEvent): Promise<SimulatedEvent> {
  const call = awaitedCall(run);
  if (event.type !== "perform" || call?.type !== "ask_knowledge") return event;
  const question = written(call.question);
  const { outcome, text, sources } = await api.knowledge.ask(written(call.knowledge_base), {
    question,
    language: written(call.language).slice(0, 2).toLowerCase(),
    instructions: written(call.instructions),
    history: saidBefore(run, question)
      .slice(-mostSaid)
      .map((said) => ({ ...said, text: said.text.slice(0, longest) })),
  });
  return { type: "ai_answered", outcome, text, sources };
}
