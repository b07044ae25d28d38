/** A campaign's message that is no template: text with {{places}}. Pure. */
import { namesIn } from "../../templates/variables";
import type { TextMessage, Variable } from "../campaignShapes";
import type { Place } from "./draft";

/** As WhatsApp takes it. */
export const longestText = 4096;

/** The part of a contact that a place of this name means. */
const meant: Readonly<Record<string, string>> = { name: "name", nama: "name", first_name: "name", phone: "phone", email: "email" };

export const noText: TextMessage = { type: "text", text: { body: "" } };

/** What else a program said of the text stays. */
export function withBody(message: TextMessage, body: string): TextMessage {
  return { ...message, text: { ...message.text, body } };
}

export function placesOfText({ text }: TextMessage): Place[] {
  return namesIn(text.body).map((name) => ({ variable: name, part: "body", name, sample: "" }));
}

/** What was chosen before stays. */
export function variablesForText(message: TextMessage, before: Readonly<Record<string, Variable>>): Record<string, Variable> {
  return Object.fromEntries(
    placesOfText(message).map(({ variable }) => [variable, before[variable] ?? { source: "contact", name: meant[variable] ?? "", otherwise: null }]),
  );
}
