/** What a step's data is made of, as the inspector edits it. */
import type { ThingKind } from "../inspector/knownThings";
import type { Json, JsonObject } from "../model/storedFlow";

interface Named {
  name: string;
  /** Left out of the data when empty. */
  optional?: boolean;
  /** Whether it applies, by the data around it. */
  when?: (around: JsonObject) => boolean;
}

export type Field = Named &
  (
    | { kind: "words"; lines?: number; most?: number } // what people read: by language, with {{…}}
    | { kind: "filled"; lines?: number } // what machines read: with {{…}}
    | { kind: "media" } // the address of a file, or one that is uploaded here; the kind of file by the `kind` beside it
    | { kind: "plain"; lines?: number } // as it stands
    | { kind: "variable" } // the name of one
    | { kind: "number"; least?: number; most?: number }
    | { kind: "choice"; values: readonly string[] }
    | { kind: "choices"; values: readonly string[] }
    | { kind: "switch" }
    | { kind: "duration" }
    | { kind: "zone" }
    | { kind: "clock" }
    | { kind: "when" } // a day and a time
    | { kind: "rule" }
    | { kind: "value" } // from a text, a rule, or as it stands
    | { kind: "json" }
    | { kind: "thing"; of: ThingKind } // one that the workspace has
    | { kind: "tag" } // one that was used, or a new one
    | { kind: "template" } // the name of an approved one; choosing it lays out what it wants filled
    | { kind: "step" }
    | { kind: "group"; of: readonly Field[]; fresh?: () => JsonObject }
    | { kind: "list"; of: readonly Field[]; fresh: (taken: readonly Json[]) => Json; most: number; least?: number }
    | { kind: "texts"; of: "words" | "filled" | "plain" | ThingKind; most: number } // a list of texts
    | { kind: "map"; of: "words" | "filled" | "value" | "plain"; most: number } // texts or values by name
    | { kind: "variant"; by: string; variants: Readonly<Record<string, Variant>> }
    | { kind: "hours" } // opening hours by weekday
    | { kind: "dates" } // days that differ
  );

/** One shape of several; `by` names the field that says which. */
export interface Variant {
  fields: readonly Field[];
  fresh: () => JsonObject;
}
