import { render, screen } from "@testing-library/react";
import { it } from "vitest";
import type { FoundPassage } from "./knowledgeCalls";
import { Passages } from "./Passages";

const returns: FoundPassage = {
  document_id: "d",
  title: "Returns",
  headings: [],
  page: null,
  chunk_no: 0,
  text: "Sixty days.",
  relevance: 0.8,
  similarity: 0.7,
  words: 3,
  fused: 0.91,
  reranked: null,
  named: false,
  used: true,
  cited: 1,
};

it("shows the score before and after a model put passages in a better order", () => {
  render(<Passages passages={[{ ...returns, reranked: 0.42 }]} threshold={0.35} />);
  screen.getByText(/rank 0.91 · reordered 0.42/);
});

it("shows no score of a model that was not asked", () => {
  render(<Passages passages={[returns]} threshold={0.35} />);
  screen.getByText(/rank 0.91$/);
});
