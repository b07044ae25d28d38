import type { FieldError } from "../../api/problem";
import type { Component } from "../templateShapes";

/**
 * What is wrong, by a name that does not change when a part is added above: "components.1.text" is
 * "BODY.text" where the body comes second.
 */
export function byPart(errors: readonly FieldError[], components: readonly Component[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { field, message } of errors) {
    const inside = /^components\.(\d+)(.*)$/.exec(field);
    const type = inside ? components[Number(inside[1])]?.type : undefined;
    const place = type === undefined ? field : `${type}${inside?.[2] ?? ""}`;
    if (!found.has(place)) found.set(place, message);
  }
  return found;
}

/** The first that stands at a place or inside of it. */
export function errorAt(errors: ReadonlyMap<string, string>, place: string): string | undefined {
  const exact = errors.get(place);
  if (exact !== undefined) return exact;
  for (const [field, message] of errors) if (field.startsWith(`${place}.`)) return message;
  return undefined;
}
