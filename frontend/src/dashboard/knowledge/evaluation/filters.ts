import type { Asked, Verdict } from "./evaluationShapes";

export const filters = ["all", "wrong", "unfaithful", "missed", "unclear"] as const;
export type Filter = (typeof filters)[number];

function isUnclear({ outcome, correctness_note, faithfulness_note }: Verdict): boolean {
  return outcome === "failed" || correctness_note === "not_judged" || faithfulness_note === "not_judged";
}

const fits: Record<Filter, (verdict: Verdict, k: number) => boolean> = {
  all: () => true,
  wrong: ({ correctness }) => correctness !== null && correctness < 1,
  unfaithful: ({ faithfulness }) => faithfulness !== null && faithfulness < 1,
  missed: ({ is_rank_expected, rank }, k) => is_rank_expected && (rank === null || rank > k),
  unclear: isUnclear,
};

/** Those of a kind; `k` is how many passages the model is given. */
export function filtered(items: Asked[], filter: Filter, k: number): Asked[] {
  return items.filter(({ verdict }) => filter === "all" || (verdict !== null && fits[filter](verdict, k)));
}

/** As whole percent, or a dash where there is nothing to tell. */
export function percent(rate: number | null | undefined): string {
  return rate === null || rate === undefined ? "–" : `${Math.round(rate * 100)} %`;
}

/** With its sign: a difference of rates in points of a hundred. */
export function points(difference: number | null | undefined): string {
  if (difference === null || difference === undefined) return "";
  const rounded = Math.round(difference * 100);
  return rounded === 0 ? "±0" : `${rounded > 0 ? "+" : "−"}${Math.abs(rounded)}`;
}
