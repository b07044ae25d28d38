import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import type { StoredFlow } from "../model/storedFlow";
import { FindingsPanel } from "./FindingsPanel";

const flow = {
  schema: 2,
  name: "Answers",
  start: "ask",
  triggers: [],
  nodes: [{ id: "ask", type: "ai", data: { knowledge_base: "kb1" } }],
  edges: [],
} as unknown as StoredFlow;

function show(about: string | null) {
  const finding = { node_id: "ask", level: "error" as const, code: "evaluation_needed", message: "Evaluate it first", about };
  render(
    <MemoryRouter>
      <FindingsPanel findings={{ all: [finding], old: false } as never} flow={flow} onGo={() => undefined} />
    </MemoryRouter>,
  );
  return screen.getByRole("link", { name: "Show the evaluation" }).getAttribute("href");
}

it("leads to the evaluation that stands in the way of publishing", () => {
  expect(show("e1")).toBe("/knowledge?base=kb1&evaluation=e1");
});

it("leads to the knowledge base where nothing was evaluated yet", () => {
  expect(show(null)).toBe("/knowledge?base=kb1");
});
