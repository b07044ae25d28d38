import type { Words } from "./english";
import { reasonText } from "./reasonText";

/** Words, what WhatsApp says beside them, and its error code: "The account is locked: see the manager (131031)". */
const coded = /^[^:]*?(: .*)? \((\d+)\)(\.?)$/s;

/** Why something failed, in the reader's language where it is known there. */
export function reasonOf(reason: string, { reasons }: Words): string {
  const [, beside = "", code = "", dot = ""] = coded.exec(reason) ?? [];
  const known = reasons.codes[code];
  return known === undefined ? reasonText(reason, reasons.sentences) : `${known}${beside} (${code})${dot}`;
}
