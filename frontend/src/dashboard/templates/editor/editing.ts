import type { Draft } from "./draft";

/** What every part of the editor is given. */
export interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** What is wrong at a place, for example "BODY.text"; undefined when nothing is. */
  wrong: (place: string) => string | undefined;
}
