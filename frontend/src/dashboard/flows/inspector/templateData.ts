/** What a step that sends a template is to hold, once the template is chosen. */
import type { Template } from "../../templates/templateShapes";
import type { Json, JsonObject } from "../model/storedFlow";

const headers = new Set(["text", "image", "video", "document"]);
const buttonKinds = new Set(["quick_reply", "url", "copy_code"]);
const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** What was filled in before stays, place by place, as far as the template has the place. */
export function fittedTo(template: Template, languages: readonly string[], data: JsonObject): JsonObject {
  const { header: _header, body: _body, named_body: _named, buttons: _buttons, language: _language, ...others } = data;
  const language = languages.length > 1 ? data.language : template.language;
  return {
    ...others,
    name: template.name,
    ...(language === undefined ? {} : { language }),
    ...headerOf(template, data),
    ...bodyOf(template, data),
    ...buttonsOf(template, data),
  };
}

function headerOf({ wants }: Template, data: JsonObject): JsonObject {
  if (wants.header === null || !headers.has(wants.header)) return {};
  const before = isObject(data.header) && data.header.kind === wants.header ? data.header : {};
  const empty = wants.header === "text" ? { text: "" } : { media: "" };
  return { header: { ...empty, ...before, kind: wants.header } };
}

function bodyOf({ wants }: Template, data: JsonObject): JsonObject {
  if (wants.body.length === 0) return {};
  if (wants.named) {
    const before = isObject(data.named_body) ? data.named_body : {};
    return { named_body: Object.fromEntries(wants.body.map((name) => [name, before[name] ?? ""])) };
  }
  const before = Array.isArray(data.body) ? data.body : [];
  return { body: wants.body.map((_, place) => before[place] ?? "") };
}

function buttonsOf({ wants }: Template, data: JsonObject): JsonObject {
  const before = Array.isArray(data.buttons) ? data.buttons.filter(isObject) : [];
  const buttons = wants.buttons
    .filter(({ kind, needed }) => needed && buttonKinds.has(kind))
    .map(({ index, kind }): JsonObject => {
      const known = before.find((each) => each.index === index && each.kind === kind);
      return known ?? { index, kind, value: "" };
    });
  return buttons.length === 0 ? {} : { buttons };
}
