/** A simulated conversation, step by step; every state is kept, so that one can go back in time. */
import { litPath } from "../canvas/litPath";
import type { Marks } from "../canvas/views";
import type { Effect, SimulatedEvent, SimulationAnswer, Waiting } from "../flowShapes";
import type { JsonObject, StoredFlow } from "../model/storedFlow";

export interface SimulatedStep {
  event: SimulatedEvent;
  answer: SimulationAnswer;
}

export interface Run {
  steps: readonly SimulatedStep[];
  /** How many of the steps are looked at. */
  at: number;
}

export const begun: Run = { steps: [], at: 0 };

/** What comes after a moment in the past replaces what came then. */
export function after(run: Run, step: SimulatedStep): Run {
  const steps = [...run.steps.slice(0, run.at), step];
  return { steps, at: steps.length };
}

export function lookedAt(run: Run): readonly SimulatedStep[] {
  return run.steps.slice(0, run.at);
}

export function stateNow(run: Run): JsonObject | null {
  return run.steps[run.at - 1]?.answer.state ?? null;
}

export function waitingNow(run: Run): Waiting | null {
  return run.steps[run.at - 1]?.answer.waiting ?? null;
}

const calls = new Set(["call_http", "ask_knowledge"]);

/** The call or the question whose answer is awaited. */
export function awaitedCall(run: Run): Effect | null {
  if (waitingNow(run)?.awaited !== "action") return null;
  return lookedAt(run).flatMap(({ answer }) => answer.effects).findLast(({ type }) => calls.has(type)) ?? null;
}

export interface Said {
  by_us: boolean;
  text: string;
}

/** What was said before a question that the customer has just asked, oldest first. */
export function saidBefore(run: Run, question: string): Said[] {
  const all = chatLines(run).flatMap(({ kind, text, message }): Said[] => {
    if (kind === "said") return [{ by_us: false, text }];
    const body = (message?.text as JsonObject | undefined)?.body;
    return kind === "sent" && typeof body === "string" ? [{ by_us: true, text: body }] : [];
  });
  const last = all.at(-1);
  return last && !last.by_us && last.text.trim() === question ? all.slice(0, -1) : all;
}

/** The nodes and edges of the flow that were passed, and where it stands; flows within it are elsewhere. */
export function pathOf(run: Run, flow: Pick<StoredFlow, "nodes" | "edges">): Marks["path"] {
  const all = lookedAt(run).flatMap(({ answer }) => answer.visits);
  const main = all[0]?.flow;
  const waiting = waitingNow(run);
  return litPath(all.filter((visit) => visit.flow === main), waiting?.flow === main ? waiting?.node : undefined, flow);
}

export interface ChatLine {
  key: string;
  kind: "said" | "sent" | "event" | "problem";
  text: string;
  /** Of what was sent: as Meta has it. */
  message: JsonObject | null;
  effect: Effect | null;
  step: number;
}

/** Told elsewhere: the wait below the chat, the path on the canvas. */
const unseen = new Set(["traced", "wake_at", "stopped"]);

function said(event: SimulatedEvent): string | null {
  return event.type === "said" ? event.text || (event.payload ?? "") : null;
}

/** What is seen in the chat, in its order. */
export function chatLines(run: Run): ChatLine[] {
  return lookedAt(run).flatMap(({ event, answer }, step): ChatLine[] => {
    const line = (index: number, kind: ChatLine["kind"], text: string, more: Partial<ChatLine> = {}): ChatLine => ({
      key: `${step}.${index}`,
      kind,
      text,
      message: null,
      effect: null,
      step,
      ...more,
    });
    const words = said(event);
    const shown = answer.effects.filter(({ type }) => !unseen.has(type));
    const sent = shown.map((effect, index) =>
      effect.type === "send" ? line(index, "sent", "", { message: effect.message as JsonObject }) : line(index, "event", effect.type, { effect }),
    );
    return [
      ...(words === null ? [line(-1, "event", event.type)] : [line(-1, "said", words)]),
      ...sent,
      ...(answer.stopped === null ? [] : [line(9999, "problem", answer.stopped)]),
    ];
  });
}
