/** A message of type template, from what a person has filled in. */
import type { Template } from "./templateShapes";

/** By place: `header`, `body.{name}`, `button.{index}`. A header's file is told by its id. */
export type Filling = Readonly<Record<string, string>>;

export interface Place {
  key: string;
  kind: "text" | "file";
  /** The variable's name, or what the button says. */
  name: string;
}

const files = new Set(["image", "video", "document"]);
const fillable = new Set(["url", "copy_code"]);

/** What is to be filled, in the order in which it is read; null for a template that needs more than a form like this has. */
export function placesOf({ wants }: Pick<Template, "wants">): Place[] | null {
  const { header, header_names: headerNames, body, buttons, offer, cards } = wants;
  const needed = buttons.filter((each) => each.needed);
  if (offer || cards.length > 0 || needed.some(({ kind }) => !fillable.has(kind))) return null;
  if (header !== null && header !== "text" && !files.has(header)) return null;
  return [
    ...(header !== null && files.has(header) ? [{ key: "header", kind: "file", name: header } as const] : []),
    ...(header === "text" ? headerNames.map((name) => ({ key: `header.${name}`, kind: "text", name }) as const) : []),
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
  const components = [
    ...(header !== null && files.has(header) ? [{ type: "header", parameters: [{ type: header, [header]: { id: filling.header ?? "" } }] }] : []),
    ...(header === "text" ? [{ type: "header", parameters: wants.header_names.map(text("header")) }] : []),
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
