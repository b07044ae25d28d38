import type { Words } from "../../../words/english";
import type { Finding } from "../flowShapes";
import { exitLabel } from "../kinds/exitLabel";
import type { StoredNode } from "../model/storedFlow";

/** In the reader's language, by the finding's code; the API's own words where there are none. */
export function findingText({ code, message, field }: Finding, words: Words, step?: StoredNode): string {
  const { aboutExits } = words.flows.findings;
  const aboutExit = aboutExits[code];
  if (aboutExit && step && field) return aboutExit(exitLabel(step, field, words));
  const known = words.flows.findingTexts[code];
  if (known === undefined) return message;
  return known.endsWith(":") ? `${known} ${message}` : known;
}
