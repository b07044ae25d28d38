import type { Pair } from "./knowledgeCalls";

/** Questions and answers as people type them: a question's line, its answer below, an empty line between pairs. */
export function pairsOf(text: string): Pair[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => {
      const [question = "", ...answer] = block.trim().split("\n");
      return { question: question.trim(), answer: answer.join("\n").trim() };
    })
    .filter(({ question, answer }) => question !== "" && answer !== "");
}
