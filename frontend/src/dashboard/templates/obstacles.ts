/** What our forms can fill of a template, and what they cannot. Pure. */
import type { Template } from "./templateShapes";

export const fileHeaders: ReadonlySet<string> = new Set(["image", "video", "document"]);
export const filledButtons: Readonly<Record<string, "text" | "coupon_code">> = { url: "text", copy_code: "coupon_code" };

/** What a header's place is told by: all of it is needed, since WhatsApp shows all of it. */
export const locationParts = ["latitude", "longitude", "name", "address"] as const;
export type LocationPart = (typeof locationParts)[number];
export type Location = Record<LocationPart, string>;

export const obstacles = ["cards", "header", "buttons", "codes"] as const;
export type Obstacle = (typeof obstacles)[number];

/** Why no form of ours fills it; null for one that can be filled. */
export function obstacleOf({ wants }: Pick<Template, "wants">): Obstacle | null {
  const { header, buttons, cards } = wants;
  if (cards.length > 0) return "cards";
  if (header !== null && header !== "text" && header !== "location" && !fileHeaders.has(header)) return "header";
  return buttons.some(({ needed, kind }) => needed && !(kind in filledButtons)) ? "buttons" : null;
}

/** The same for many at once: codes are for whoever asks for one. */
export function obstacleToMany(template: Pick<Template, "wants" | "category">): Obstacle | null {
  return template.category === "AUTHENTICATION" ? "codes" : obstacleOf(template);
}
