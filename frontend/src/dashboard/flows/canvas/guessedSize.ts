import { exitsOf } from "../kinds/kinds";
import type { StoredNode } from "../model/storedFlow";
import { previewMessage } from "./preview";
import { usualSize, type Size } from "./tidy";

const head = 40;
const line = 18;
const tap = 34;
const exit = 24;
const charactersInALine = 30;

/** How large a step will be drawn that was never in sight; rather too large than too small. */
export function guessedSize(step: StoredNode): Size {
  const message = previewMessage(step);
  const lines = message ? message.text.split("\n").reduce((sum, each) => sum + Math.max(1, Math.ceil(each.length / charactersInALine)), 0) : 0;
  const bubble = message ? 48 + lines * line + message.taps.length * tap + (message.opens === null ? 0 : tap) : 3 * line;
  return { width: usualSize.width, height: head + bubble + 2 * line + exitsOf(step).length * exit };
}
