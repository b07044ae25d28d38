/** Which column goes where. Pure. */
import type { FieldDefinition } from "../contacts/contactShapes";
import type { ImportPreview } from "./importShapes";

export const plainTargets = ["name", "phone", "email", "username", "language", "tags"] as const;

export const fieldTarget = (key: string) => `field:${key}`;

/** Target by column; an empty text leaves the column out. */
export type Mapping = Record<string, string>;

export function targetsFor(fields: readonly FieldDefinition[]): string[] {
  return [...plainTargets, ...fields.map(({ key }) => fieldTarget(key))];
}

/** What the API suggests, as far as there is such a target. */
export function startMapping({ columns, suggested }: ImportPreview, fields: readonly FieldDefinition[]): Mapping {
  const known = new Set(targetsFor(fields));
  return Object.fromEntries(
    columns.map((column) => {
      const target = suggested[column] ?? "";
      return [column, known.has(target) ? target : ""];
    }),
  );
}

export interface MappingProblem {
  kind: "needs-phone" | "twice";
  target: string;
}

/** Each target comes from one column, and the number from some. */
export function mappingProblem(mapping: Mapping): MappingProblem | null {
  const used = Object.values(mapping).filter((target) => target !== "");
  const twice = used.find((target, index) => used.indexOf(target) !== index);
  if (twice !== undefined) return { kind: "twice", target: twice };
  return used.includes("phone") ? null : { kind: "needs-phone", target: "phone" };
}

export function sentMapping(mapping: Mapping): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, target]) => target !== ""));
}
