/** What the wizard holds, and the message that it makes of a template. Pure. */
import type { Component, Template } from "../../templates/templateShapes";
import { samplesOf } from "../../templates/editor/draft";
import { fileHeaders, filledButtons, locationParts, obstacleToMany, type Location } from "../../templates/obstacles";
import { locationOf, offerEnding } from "../../templates/templateMessage";
import { filled, namesIn } from "../../templates/variables";
import type { Audience, Campaign, CampaignDraft, CampaignMessage, MessageParameter, MessagePart, TemplateMessage, Variable } from "../campaignShapes";
import { noText, placesOfText } from "./freeText";

/** A place of a template that is to be filled: its variable's name, what to call it, its sample. */
export interface Place {
  variable: string;
  part: "header" | "body" | "button";
  name: string;
  sample: string;
}

/** The header that is the same for everybody: the id of a file, or a place. */
export type Header = string | Location;

/** Templates whose every place this page can fill. */
export function canBeSent(template: Template): boolean {
  return template.status === "APPROVED" && obstacleToMany(template) === null;
}

export function isOf({ template: { name, language } }: TemplateMessage, template: Template): boolean {
  return template.name === name && template.language === language.code;
}

export function hasLocation({ wants }: Template): boolean {
  return wants.header === "location";
}

export function fileKind({ wants }: Template): "image" | "video" | "document" | null {
  return wants.header !== null && fileHeaders.has(wants.header) ? (wants.header as "image" | "video" | "document") : null;
}

const component = (template: Template, type: string) => template.components.find((each) => each.type === type);

export function placesOf(template: Template): Place[] {
  const { wants } = template;
  const header = component(template, "HEADER");
  const body = component(template, "BODY");
  const samples = (of: Component | undefined, part: "header" | "body") => (of ? samplesOf(of, part) : {});
  const headerNames = wants.header === "text" ? namesIn(header?.text ?? "") : [];
  return [
    ...headerNames.map((name): Place => ({ variable: `header_${name}`, part: "header", name, sample: samples(header, "header")[name] ?? "" })),
    ...wants.body.map((name): Place => ({ variable: `body_${name}`, part: "body", name, sample: samples(body, "body")[name] ?? "" })),
    ...wants.buttons
      .filter(({ needed }) => needed)
      .map(({ index, text }): Place => ({ variable: `button_${index}`, part: "button", name: text, sample: "" })),
  ];
}

/** In WhatsApp's shape; `ends` is when its offer ends, in milliseconds, if it has one that does. */
export function messageOf(template: Template, header: Header, ends: number | null = null): TemplateMessage {
  const { wants } = template;
  const text = ({ variable, name }: Place): MessageParameter => ({ type: "text", text: `{{${variable}}}`, ...(wants.named ? { parameter_name: name } : {}) });
  const places = placesOf(template);
  const of = (part: Place["part"]) => places.filter((place) => place.part === part);
  const kind = fileKind(template);
  const components: MessagePart[] = [];
  if (kind !== null) components.push({ type: "header", parameters: [{ type: kind, [kind]: { id: typeof header === "string" ? header : "" } }] });
  if (hasLocation(template)) {
    const location = typeof header === "string" ? nowhere : header;
    components.push({ type: "header", parameters: [{ type: "location", location: locationOf((part) => location[part]) }] });
  }
  if (wants.offer) components.push(offerEnding(ends ?? 0));
  if (of("header").length > 0) components.push({ type: "header", parameters: of("header").map(text) });
  if (of("body").length > 0) components.push({ type: "body", parameters: of("body").map(text) });
  for (const { index, kind: sub } of wants.buttons.filter(({ needed }) => needed)) {
    const field = filledButtons[sub] ?? "text";
    components.push({ type: "button", sub_type: sub, index: String(index), parameters: [{ type: field, [field]: `{{button_${index}}}` }] });
  }
  return { type: "template", template: { name: template.name, language: { code: template.language }, ...(components.length === 0 ? {} : { components }) } };
}

const headerOf = ({ template }: TemplateMessage) => template.components?.find(({ type }) => type === "header")?.parameters[0];

const offerOf = ({ template }: TemplateMessage) => template.components?.find(({ type }) => type === "limited_time_offer")?.parameters[0]?.limited_time_offer;

/** When a message's offer ends, in milliseconds; null where nobody has said. */
export function endIn(message: TemplateMessage): number | null {
  return offerOf(message)?.expiration_time_ms || null;
}

/** The place in a message's header; empty without one. */
export function locationIn(message: TemplateMessage): Location {
  return { ...nowhere, ...headerOf(message)?.location };
}

/** The id of the file in a message's header; empty without one. */
export function fileOf(message: TemplateMessage): string {
  const header = headerOf(message);
  return header?.image?.id ?? header?.video?.id ?? header?.document?.id ?? "";
}

/** The template with its places filled, as the preview shows it. */
export function componentsWith(template: Template, value: (place: Place) => string): Component[] {
  const places = placesOf(template);
  const of = (part: Place["part"]) => Object.fromEntries(places.filter((place) => place.part === part).map((place) => [place.name, value(place)]));
  return template.components.map((one) => {
    const part = one.type === "HEADER" ? "header" : one.type === "BODY" ? "body" : null;
    if (part === null) return one;
    const values = of(part);
    return { ...one, text: one.text?.replaceAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole) ?? "" };
  });
}

/** The message as the preview shows it, or null where that would take more than this page knows. */
export function previewOf(message: CampaignMessage, template: Template | undefined, value: (place: Place) => string): Component[] | null {
  if (message.type === "template") return template ? componentsWith(template, value) : null;
  if (message.type !== "text") return null;
  const values = Object.fromEntries(placesOfText(message).map((place) => [place.name, value(place)]));
  return [{ type: "BODY", text: filled(message.text.body, values) }];
}

/** What each place holds in a message that was filled for somebody. */
export function valuesIn(template: Template, message: TemplateMessage): Record<string, string> {
  const values: Record<string, string> = {};
  const places = placesOf(template);
  for (const part of ["header", "body"] as const) {
    const parameters = message.template.components?.find(({ type }) => type === part)?.parameters ?? [];
    places
      .filter((place) => place.part === part)
      .forEach((place, number) => {
        const found = parameters.find(({ parameter_name: name }) => name === place.name) ?? parameters[number];
        values[place.variable] = found?.text ?? "";
      });
  }
  return values;
}

/** What is shown of a variable before anybody's value is known. */
export function shownValue(variable: Variable | undefined, sample: string): string {
  if (variable === undefined || variable.name === "") return sample;
  return variable.source === "constant" ? variable.name : sample || variable.otherwise || `[${variable.name}]`;
}

/** What was chosen before stays; a name is taken for the contact's own. */
export function variablesFor(template: Template, before: Readonly<Record<string, Variable>>): Record<string, Variable> {
  return Object.fromEntries(
    placesOf(template).map(({ variable, name }) => [
      variable,
      before[variable] ?? { source: "contact", name: /^(name|nama|first_name|1)$/.test(name) ? "name" : "", otherwise: null },
    ]),
  );
}

export const nowhere: Location = { latitude: "", longitude: "", name: "", address: "" };

export const nobody: Audience = {
  everybody: false,
  segment_ids: [],
  tags: [],
  contact_ids: [],
  upload_id: null,
  phone_column: null,
  country: "ID",
  exclude: { segment_ids: [], tags: [], contact_ids: [], campaign_ids: [] },
};

export function hasAudience({ everybody, segment_ids: segments, tags, contact_ids: contacts, upload_id: upload, phone_column: column }: Audience): boolean {
  return everybody || (upload !== null && column !== null) || segments.length + tags.length + contacts.length > 0;
}

export function hasMessage({ name, channel_id: channel, message, variables }: CampaignDraft): boolean {
  const named = Object.values(variables).every((variable) => variable.name.trim() !== "");
  return name.trim() !== "" && channel !== "" && named && isWhole(message);
}

function isWhole(message: CampaignMessage): boolean {
  if (message.type === "text") return message.text.body.trim() !== "";
  if (message.type !== "template") return true;
  const header = headerOf(message);
  const file = header?.image ?? header?.video ?? header?.document;
  if (file && !file.id && !file.link) return false;
  const location = header?.location;
  const placed = location === undefined || locationParts.every((part) => location[part] !== "");
  return message.template.name !== "" && placed && offerOf(message)?.expiration_time_ms !== 0;
}

/** Which columns of a file the message needs. */
export function columnsNeeded({ variables }: Pick<CampaignDraft, "variables">): string[] {
  return Object.values(variables).flatMap(({ source, name }) => (source === "column" ? [name] : []));
}

/** Before one is chosen. */
export const noTemplate: TemplateMessage = { type: "template", template: { name: "", language: { code: "" } } };

export function emptyDraft(timeZone: string): CampaignDraft {
  return {
    name: "",
    channel_id: "",
    message: noTemplate,
    variables: {},
    audience: nobody,
    frequency_cap: null,
    quiet_hours: { begin: "21:00", end: "08:00" },
    time_zone: timeZone,
    weight: 1,
  };
}

/** A program's draft may hold half a message. */
function whole(message: CampaignMessage): CampaignMessage {
  const given = message as { type: string; text?: { body?: unknown }; template?: { name?: unknown; language?: { code?: unknown } } };
  if (given.type === "text" && typeof given.text?.body !== "string") return noText;
  if (given.type === "template" && (typeof given.template?.name !== "string" || typeof given.template.language?.code !== "string")) return noTemplate;
  return message;
}

export function draftOf(campaign: Campaign): CampaignDraft {
  const { name, channel_id, message, variables, audience, frequency_cap, quiet_hours, time_zone, weight } = campaign;
  return { name, channel_id, message: whole(message), variables, audience, frequency_cap, quiet_hours, time_zone, weight };
}
