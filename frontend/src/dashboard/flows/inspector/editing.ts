import { createContext } from "react";
import type { Json, StoredFlow } from "../model/storedFlow";

/** What every field of the inspector needs to know beside its own value. */
export interface FieldSurroundings {
  flow: StoredFlow;
  readOnly: boolean;
  /** The language whose texts are edited; null: the text for everybody. */
  language: string | null;
  /** Names that can be put into a text. */
  variables: readonly string[];
}

export const SurroundingsContext = createContext<FieldSurroundings | null>(null);

export interface FieldProps<T extends Json = Json> {
  label: string;
  hint?: string | undefined;
  value: T | undefined;
  /** Undefined takes an optional value away. */
  onChange: (value: Json | undefined) => void;
}
