/** A message of type template, from what a person has filled in. */
import { fileHeaders, locationParts, obstacleOf, type LocationPart } from "./obstacles";
import type { Template } from "./templateShapes";

/** By place: `header`, `header.{part}`, `offer`, `body.{name}`, `button.{index}`. A header's file is told by its id, the end of an offer as a local time. */
export type Filling = Readonly<Record<string, string>>;

export interface Place {
  key: string;
  kind: "text" | "file" | "location" | "time";
  /** The variable's name, what the button says, or a part of a place. */
  name: string;
}

/** What is to be filled, in the order in which it is read; null for a template that needs more than a form like this has. */
export function placesOf({ wants }: Pick<Template, "wants">): Place[] | null {
  if (obstacleOf({ wants }) !== null) return null;
  const { header, header_names: headerNames, body, buttons, offer } = wants;
  const needed = buttons.filter((each) => each.needed);
  return [
    ...(header === "location" ? locationParts.map((name) => ({ key: `header.${name}`, kind: "location", name }) as const) : []),
    ...(header !== null && fileHeaders.has(header) ? [{ key: "header", kind: "file", name: header } as const] : []),
    ...(header === "text" ? headerNames.map((name) => ({ key: `header.${name}`, kind: "text", name }) as const) : []),
    ...(offer ? [{ key: "offer", kind: "time", name: "offer" } as const] : []),
    ...body.map((name) => ({ key: `body.${name}`, kind: "text", name }) as const),
    ...needed.map(({ index, text }) => ({ key: `button.${index}`, kind: "text", name: text }) as const),
  ];
}

export const isWhole = (places: readonly Place[], filling: Filling) => places.every(({ key }) => (filling[key] ?? "").trim() !== "");

export function templateMessage({ name, language, wants }: Pick<Template, "name" | "language" | "wants">, filling: Filling): object {
  const text = (part: string) => (variable: string) => ({
    type: "text",
    text: filling[`${part}.${variable}`] ?? "",
    ...(wants.named ? { parameter_name: variable } : {}),
  });
  const { header } = wants;
  const location = (part: LocationPart) => filling[`header.${part}`] ?? "";
  const components = [
    ...(header === "location" ? [{ type: "header", parameters: [{ type: "location", location: locationOf(location) }] }] : []),
    ...(header !== null && fileHeaders.has(header) ? [{ type: "header", parameters: [{ type: header, [header]: { id: filling.header ?? "" } }] }] : []),
    ...(header === "text" ? [{ type: "header", parameters: wants.header_names.map(text("header")) }] : []),
    ...(wants.offer ? [offerEnding(new Date(filling.offer ?? "").getTime())] : []),
    ...(wants.body.length > 0 ? [{ type: "body", parameters: wants.body.map(text("body")) }] : []),
    ...wants.buttons
      .filter(({ needed }) => needed)
      .map(({ index, kind }) => {
        const value = filling[`button.${index}`] ?? "";
        const parameter = kind === "copy_code" ? { type: "coupon_code", coupon_code: value } : { type: "text", text: value };
        return { type: "button", sub_type: kind, index: String(index), parameters: [parameter] };
      }),
  ];
  return { type: "template", template: { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) } };
}

/** In WhatsApp's shape, part by part. */
export function locationOf(part: (name: LocationPart) => string): Record<LocationPart, string> {
  const told = Object.fromEntries(locationParts.map((name) => [name, part(name).trim()])) as Record<LocationPart, string>;
  return { ...told, latitude: told.latitude.replace(",", "."), longitude: told.longitude.replace(",", ".") };
}

/** The part of a message that says when its offer ends, in milliseconds. */
export function offerEnding(at: number): { type: string; parameters: { type: string; limited_time_offer: { expiration_time_ms: number } }[] } {
  return { type: "limited_time_offer", parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: at } }] };
}
