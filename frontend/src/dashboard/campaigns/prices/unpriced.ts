import type { CostLine } from "../campaignShapes";

/** How many messages have no price. */
export function unpricedMessages(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { price, messages }) => (price === null ? sum + messages : sum), 0);
}
