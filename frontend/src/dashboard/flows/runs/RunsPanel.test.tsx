import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi } from "../../api/mockedApi";
import { ServicesContext, type Services } from "../../services";
import type { FlowRun } from "../flowShapes";
import type { StoredFlow } from "../model/storedFlow";
import { RunsPanel } from "./RunsPanel";

const api = mockedApi();
const onPath = vi.fn();
const onGo = vi.fn();

const flow: StoredFlow = {
  schema: 2,
  name: "Coffee",
  start: "ask",
  nodes: [
    { id: "ask", type: "ask", title: "Drink?", data: { answer: { kind: "choice", options: [{ id: "tea", title: "Tea" }] } } },
    { id: "wait", type: "wait", data: {} },
  ],
  edges: [{ source: "ask", target: "wait" }],
};
const run: FlowRun = {
  id: "r1",
  conversation_id: "200.c1",
  started_at: 1_800_000_000_000,
  last_at: 1_800_000_060_000,
  waits_at: "wait",
  events: [
    { at: 1_800_000_000_000, visits: [{ flow: "f", node: "ask" }] },
    { at: 1_800_000_060_000, visits: [{ flow: "f", node: "ask", exit: "tea", values: { drink: "tea" } }, { flow: "f", node: "wait" }] },
  ],
};

function open() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ServicesContext value={{ api } as unknown as Services}>
        <MemoryRouter>
          <RunsPanel id="f" flow={flow} onPath={onPath} onGo={onGo} />
        </MemoryRouter>
      </ServicesContext>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  vi.clearAllMocks();
});

it("shows where a customer went, with what was kept, and lights the way", async () => {
  api.flows.runs.mockResolvedValue({ items: [run] });
  open();
  const button = await screen.findByRole("button", { name: /under way/ });
  expect(button.textContent).toContain("Waits at Wait.");
  await userEvent.click(button);

  const events = screen.getAllByRole("list").at(1);
  expect(events?.textContent).toContain("Tea");
  expect(screen.getByText('drink = "tea"')).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open the conversation" }).getAttribute("href")).toContain("200.c1");
  const path = onPath.mock.lastCall?.[0] as ReadonlyMap<string, string>;
  expect(Object.fromEntries(path)).toEqual({ "start::default": "passed", ask: "passed", "ask:default": "passed", wait: "now" });

  if (events) await userEvent.click(within(events).getAllByRole("button", { name: "Drink?" })[0] ?? events);
  expect(onGo).toHaveBeenCalledWith("ask");
  await userEvent.click(button);
  expect((onPath.mock.lastCall?.[0] as ReadonlyMap<string, string>).size).toBe(0);
});

it("says when nobody has gone through", async () => {
  api.flows.runs.mockResolvedValue({ items: [] });
  open();
  expect(await screen.findByText("Nobody has gone through this flow yet.")).toBeTruthy();
});
