import type { Words } from "../../words/english";
import { reasonOf } from "../../words/reasonOf";
import type { Halt } from "./campaignShapes";

/** Why a campaign stands still, in the reader's language. */
export function haltText({ code, values, words: inEnglish }: Halt, words: Words): string {
  const { details, status } = values;
  const shown: Halt["values"] = {
    ...values,
    ...(details === undefined ? {} : { details: reasonOf(String(details), words) }),
    ...(status === undefined ? {} : { status: words.templates.statuses[status] ?? status }),
  };
  const known = words.campaigns.halts[code];
  return known === undefined ? inEnglish : known.replace(/\{(\w+)\}/g, (place, name: string) => String(shown[name] ?? place));
}
