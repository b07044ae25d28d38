import type { Report } from "../campaignShapes";

/** How many people are done with, of how many. Whoever waits for another try is not. */
export function progressOf({ outcomes, people }: Pick<Report, "outcomes" | "people">): { done: number; total: number } {
  return { done: people - outcomes.queued, total: people };
}
