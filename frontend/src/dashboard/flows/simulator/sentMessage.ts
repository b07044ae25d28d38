/** What a message of Meta's shape shows: its words, and what can be tapped. */
import type { Json, JsonObject } from "../model/storedFlow";

export interface Tap {
  id: string;
  title: string;
  description?: string;
}

export interface ShownMessage {
  type: string;
  header: string | null;
  text: string | null;
  footer: string | null;
  taps: Tap[];
  /** What the button that opens a list says. */
  opens: string | null;
}

const object = (value: Json | undefined): JsonObject => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: Json | undefined): string | null => (typeof value === "string" && value !== "" ? value : null);

function interactive(content: JsonObject): ShownMessage {
  const action = object(content.action);
  const buttons = list(action.buttons).map((button) => {
    const reply = object(button.reply);
    return { id: text(reply.id) ?? "", title: text(reply.title) ?? "" };
  });
  const rows = list(action.sections).flatMap((section) =>
    list(section.rows).map((row) => {
      const description = text(row.description);
      return { id: text(row.id) ?? "", title: text(row.title) ?? "", ...(description === null ? {} : { description }) };
    }),
  );
  return {
    type: "text",
    header: text(object(content.header).text),
    text: text(object(content.body).text),
    footer: text(object(content.footer).text),
    taps: [...buttons, ...rows],
    opens: text(action.button) ?? text(object(action.parameters).display_text),
  };
}

function template(content: JsonObject): ShownMessage {
  const values = list(content.components).flatMap((component) => list(component.parameters).map((each) => text(each.text) ?? ""));
  const words = [text(content.name), ...values.filter((each) => each !== "").map((each) => `• ${each}`)];
  return { type: "template", header: null, text: words.filter((each) => each !== null).join("\n"), footer: null, taps: [], opens: null };
}

export function shownMessage(message: JsonObject): ShownMessage {
  const type = text(message.type) ?? "text";
  const content = object(message[type]);
  if (type === "interactive") return interactive(content);
  if (type === "template") return template(content);
  const words = text(content.body) ?? text(content.caption) ?? text(content.name) ?? text(content.filename);
  return { type, header: null, text: words, footer: null, taps: [], opens: null };
}
