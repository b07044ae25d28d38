import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { mockedApi, signedInAs } from "../../api/mockedApi";
import { openApp } from "../../api/openedApp";
import { ApiProblem } from "../../api/problem";
import { evaluationPath, knowledgePath } from "../../paths";
import type { KnowledgeBase } from "../knowledgeCalls";
import type { Asked, AskedWhole, Comparison, Evaluation, Totals, Verdict } from "./evaluationShapes";
import { filtered, points } from "./filters";

const api = mockedApi();
const base: KnowledgeBase = {
  id: "kb1",
  name: "Shop policies",
  description: "",
  settings: { threshold: 0.35, weight_of_meaning: 0.6, passages: 5, characters: 900, instructions: "", language: "", show_sources: true, rewrite: true, rerank: false },
  can_rerank: false,
  gate: { is_on: false, correctness: 0.8, faithfulness: 0.9 },
  revision: 3,
  created_at: 1,
};
const totals: Totals = {
  questions: 2,
  judged: 2,
  k: 5,
  hit_rate: 0.5,
  mrr: 0.5,
  correctness: 0.75,
  faithfulness: 1,
  refusal_rate: null,
  answered_rate: 1,
  not_judged: 0,
  failed: 0,
  tokens: 900,
  usd: 0.01,
  mean_milliseconds: 800,
};
const done: Evaluation = {
  id: "e1",
  created_at: 1_000,
  finished_at: 2_000,
  state: "done",
  note: "As it was",
  total: 2,
  judged: 2,
  settings: base.settings,
  models: { chat: "haiku", judge: "haiku", embedding: "cohere" },
  is_current: true,
  totals,
};
const later: Evaluation = { ...done, id: "e2", created_at: 3_000, note: "Stricter", is_current: false };
const verdict: Verdict = {
  outcome: "answered",
  reason: "",
  rank: 1,
  is_rank_expected: true,
  correctness: 1,
  correctness_note: "Says the same.",
  faithfulness: 1,
  faithfulness_note: "",
  tokens: 450,
  usd: 0.005,
  milliseconds: 800,
};
const right: Asked = { number: 0, question: "How long may I return goods?", is_unanswerable: false, verdict };
const wrong: Asked = { number: 1, question: "What does shipping cost?", is_unanswerable: false, verdict: { ...verdict, correctness: 0.5, rank: null } };
const asked = [right, wrong];
const whole: AskedWhole = {
  ...wrong,
  document: "Rates.pdf",
  passage: "",
  expected_answer: "USD 9.90",
  answer: "It costs USD 5.90 [1].",
  unsupported: ["It is free."],
  passages: [{ document_id: "d", version: 1, chunk_no: 0, title: "Rates", page: 2, relevance: 0.8, used: true, cited: 1, text: null }],
};

function open(at: string) {
  openApp(api, at);
  return userEvent.setup();
}

beforeEach(() => {
  vi.resetAllMocks();
  api.me.mockResolvedValue(signedInAs("owner"));
  api.knowledge.list.mockResolvedValue({ items: [base] });
  api.knowledge.documents.mockResolvedValue({ items: [], next_cursor: null });
  api.knowledge.thumbs.mockResolvedValue({ up: 12, down: 3 });
  api.evaluations.golden.mockResolvedValue([]);
  api.evaluations.list.mockResolvedValue({ items: [later, done], next_cursor: null });
  api.evaluations.get.mockResolvedValue(done);
  api.evaluations.questions.mockResolvedValue({ items: asked });
  api.evaluations.question.mockResolvedValue(whole);
});

async function openPart() {
  const user = open(knowledgePath("kb1"));
  await user.click(await screen.findByRole("tab", { name: "Evaluation" }, { timeout: 5000 }));
  return user;
}

it("names the rows of a file that are not as they must be", async () => {
  const errors = [{ field: "row 3, document", message: "there is no document named “X”" }];
  api.evaluations.importGolden.mockRejectedValue(new ApiProblem("invalid", "ref", null, errors));
  const user = await openPart();
  await user.click(await screen.findByRole("button", { name: "Import CSV" }));
  await user.upload(screen.getByLabelText("CSV file"), new File(["question,answer\nWhen?,Now"], "q.csv", { type: "text/csv" }));
  await user.click(screen.getByRole("button", { name: "Import" }));
  await screen.findByText("row 3, document");
  expect(api.evaluations.importGolden).toHaveBeenCalledWith("kb1", "question,answer\nWhen?,Now", false);
});

it("adds a question that cannot be answered", async () => {
  api.evaluations.addGolden.mockResolvedValue({} as never);
  const user = await openPart();
  await user.click(await screen.findByRole("button", { name: "Add a question" }));
  const dialog = screen.getByRole("dialog");
  await user.type(within(dialog).getByLabelText("Question"), "Mars?");
  expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Add a question" }).disabled).toBe(true);
  await user.click(within(dialog).getByRole("checkbox"));
  await user.click(within(dialog).getByRole("button", { name: "Add a question" }));
  await waitFor(() =>
    expect(api.evaluations.addGolden).toHaveBeenCalledWith("kb1", { question: "Mars?", document: "", passage: "", answer: "", is_unanswerable: true }),
  );
});

it("tries other settings without changing the knowledge base", async () => {
  api.evaluations.start.mockResolvedValue({ ...later, state: "queued", totals: null, total: 0, judged: 0 });
  const user = await openPart();
  await user.click(await screen.findByRole("button", { name: "Try other settings" }));
  const dialog = screen.getByRole("dialog");
  await user.type(within(dialog).getByLabelText("Name"), "Fewer");
  await user.selectOptions(within(dialog).getByLabelText("Passages given to the model"), "2");
  await user.click(within(dialog).getByRole("button", { name: "Evaluate now" }));
  await waitFor(() => expect(api.evaluations.start).toHaveBeenCalledWith("kb1", "Fewer", { ...base.settings, passages: 2 }));
  expect(api.knowledge.set).not.toHaveBeenCalled();
});

it("offers a better order of passages only where there is a model for it", async () => {
  const user = await openPart();
  await user.click(await screen.findByRole("button", { name: "Try other settings" }));
  expect(screen.queryByLabelText(/better order/)).toBeNull();
});

it("tries a better order of passages", async () => {
  api.knowledge.list.mockResolvedValue({ items: [{ ...base, can_rerank: true }] });
  const user = await openPart();
  await user.click(await screen.findByRole("button", { name: "Try other settings" }));
  const dialog = screen.getByRole("dialog");
  await user.click(within(dialog).getByLabelText(/better order/));
  await user.click(within(dialog).getByRole("button", { name: "Evaluate now" }));
  await waitFor(() => expect(api.evaluations.start).toHaveBeenCalledWith("kb1", "", { ...base.settings, rerank: true }));
});

it("shows how far an evaluation is, and cancels it", async () => {
  api.evaluations.list.mockResolvedValue({ items: [{ ...done, state: "running", judged: 1, totals: null }], next_cursor: null });
  api.evaluations.cancel.mockResolvedValue(done);
  const user = await openPart();
  await screen.findByText("1 of 2 questions judged");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(api.evaluations.cancel).toHaveBeenCalledWith("kb1", "e1");
});

it("compares the older evaluation with the newer one", async () => {
  const comparison: Comparison = {
    before: done,
    after: later,
    differences: { correctness: 0.25 },
    changed_settings: { threshold: [0.35, 0.5] },
    changed_documents: 1,
    better: 1,
    worse: 0,
    items: [
      { question: "What does shipping cost?", is_unanswerable: false, change: "better", before: wrong.verdict, after: verdict, before_number: 1, after_number: 1 },
      { question: "How long?", is_unanswerable: false, change: "same", before: verdict, after: verdict, before_number: 0, after_number: 0 },
    ],
  };
  api.evaluations.compare.mockResolvedValue(comparison);
  const user = await openPart();
  for (const box of await screen.findAllByRole("checkbox", { name: /to compare/ })) await user.click(box);
  await user.click(screen.getByRole("button", { name: "Compare both" }));
  await screen.findByText("+25");
  expect(api.evaluations.compare).toHaveBeenCalledWith("kb1", "e1", "e2", expect.anything());
  screen.getByText("1 document has changed.");
  await user.click(screen.getByRole("button", { name: /^Better 1/, pressed: false }));
  expect(screen.queryByText("How long?")).toBeNull();
});

it("opens a question with its answer, its verdict and where its passages were", async () => {
  const user = open(evaluationPath("kb1", "e1"));
  await user.click(await screen.findByRole("button", { name: /Not found 1/ }, { timeout: 5000 }));
  expect(screen.queryByText("How long may I return goods?")).toBeNull();
  await user.click(screen.getByRole("button", { name: /What does shipping cost/ }));
  await screen.findByText("It is free.");
  screen.getByText("USD 9.90 · Rates.pdf");
  screen.getByText("The document is another by now, or gone.");
});

it("asks for a good evaluation before a flow is published", async () => {
  api.evaluations.setGate.mockResolvedValue({ ...base, revision: 4 });
  const user = await openPart();
  await user.click(await screen.findByRole("checkbox", { name: /Ask for a good evaluation/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(api.evaluations.setGate).toHaveBeenCalledWith(base, { is_on: true, correctness: 0.8, faithfulness: 0.9 }));
});

it("tells what customers said of answers", async () => {
  await openPart();
  await screen.findByText("12 said yes");
  screen.getByText("3 said no");
});

it("filters by what went wrong", () => {
  const unclear: Asked = { ...right, number: 2, verdict: { ...verdict, correctness: null, correctness_note: "not_judged" } };
  const late: Asked = { ...right, number: 3, verdict: { ...verdict, rank: 6, faithfulness: 0.5 } };
  const all = [...asked, unclear, late, { ...right, number: 4, verdict: null }];
  const numbers = (filter: Parameters<typeof filtered>[1]) => filtered(all, filter, 5).map(({ number }) => number);
  expect(numbers("all")).toHaveLength(5);
  expect(numbers("wrong")).toEqual([1]);
  expect(numbers("unfaithful")).toEqual([3]);
  expect(numbers("missed")).toEqual([1, 3]);
  expect(numbers("unclear")).toEqual([2]);
  expect([points(0.254), points(-0.1), points(0.001), points(null)]).toEqual(["+25", "−10", "±0", ""]);
});
