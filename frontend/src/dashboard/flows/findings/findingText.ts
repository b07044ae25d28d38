import type { Words } from "../../../words/english";
import type { Finding } from "../flowShapes";

/** In the reader's language, by the finding's code; the API's own words where there are none. */
export function findingText({ code, message }: Finding, words: Words): string {
  const known = words.flows.findingTexts[code];
  if (known === undefined) return message;
  return known.endsWith(":") ? `${known} ${message}` : known;
}
