/** What stands on a step's card. */
import type { Words } from "../../../words/english";
import type { ThingKind } from "../inspector/knownThings";
import { textFor } from "../inspector/localText";
import type { Json, JsonObject, StoredNode } from "../model/storedFlow";
import { ruleLine } from "../rules/ruleLine";

export interface PreviewMessage {
  type: string;
  header: string | null;
  text: string;
  footer: string | null;
  taps: string[];
  opens: string | null;
  link: boolean;
}

const object = (value: Json | undefined): JsonObject => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(object) : []);
const plain = (value: Json | undefined): string => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");
const words_ = (value: Json | undefined): string => textFor(value, null).own;
const orNull = (text: string) => (text === "" ? null : text);

const pictured = new Set(["image", "video", "audio", "document", "sticker", "location", "contacts"]);

function ofContent(content: JsonObject): PreviewMessage {
  const kind = plain(content.kind);
  const message: PreviewMessage = {
    type: pictured.has(kind) ? kind : "text",
    header: orNull(words_(content.header)),
    text: words_(content.text),
    footer: orNull(words_(content.footer)),
    taps: [],
    opens: null,
    link: false,
  };
  switch (kind) {
    case "buttons":
      return { ...message, taps: list(content.buttons).map(({ title }) => words_(title)) };
    case "list":
      return { ...message, opens: orNull(words_(content.button)) ?? "☰" };
    case "link":
      return { ...message, taps: [words_(content.label)], link: true };
    case "form":
      return { ...message, taps: [words_(content.label)], link: true };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { ...message, text: words_(content.caption) || plain(content.file_name) || plain(content.media) };
    case "location":
      return { ...message, text: words_(content.name) || `${plain(content.latitude)}, ${plain(content.longitude)}` };
    case "contacts":
      return { ...message, text: list(content.people).map(({ name }) => plain(name)).join(", ") };
    case "reaction":
      return { ...message, text: plain(content.emoji) };
    case "template": {
      const texts = (Array.isArray(content.body) ? content.body : Object.values(object(content.named_body))).map((each) => words_(each));
      return { ...message, type: "template", header: null, text: [plain(content.name), ...texts.map((each) => `• ${each}`)].join("\n").trim() };
    }
    case "other":
      return { ...message, text: plain(object(content.message).type) };
    default:
      return message;
  }
}

/** Null for steps that say nothing. */
export function previewMessage({ type, data }: StoredNode): PreviewMessage | null {
  if (type === "message") return ofContent(object(data.content));
  if (type === "template") return ofContent({ ...data, kind: "template" });
  if (type !== "ask") return null;
  const message = ofContent(object(data.content));
  const answer = object(data.answer);
  if (answer.kind !== "choice") return message;
  const titles = list(answer.options).map(({ title }) => words_(title));
  const header = message.header ?? orNull(words_(answer.header));
  const footer = message.footer ?? orNull(words_(answer.footer));
  const asButtons = titles.length <= 3 && answer.show !== "list" && answer.show !== "numbers";
  if (asButtons) return { ...message, header, footer, taps: titles };
  if (answer.show === "numbers" || titles.length > 10) {
    return { ...message, header, footer, text: [message.text, ...titles.map((title, index) => `${index + 1}. ${title}`)].join("\n") };
  }
  return { ...message, header, footer, opens: words_(answer.button) || "☰" };
}

function duration(value: Json | undefined, words: Words): string {
  const { amount, unit } = object(value);
  return `${plain(amount)} ${words.flows.values[plain(unit)] ?? ""}`.trim();
}

function valueText(value: Json | undefined): string {
  const data = object(value);
  if ("text" in data) return plain(data.text);
  return JSON.stringify(data.rule ?? data.value ?? "");
}

/** What a line says by an id: whoever shows it asks for the name. */
export interface NamedThing {
  of: ThingKind;
  id: string;
}

export type PreviewLine = string | NamedThing;

const thing = (of: ThingKind, value: Json | undefined): NamedThing[] => (plain(value) === "" ? [] : [{ of, id: plain(value) }]);

type Lines = (data: JsonObject, words: Words) => PreviewLine[];

const linesOf: Readonly<Record<string, Lines>> = {
  ask: ({ answer, variable }, { flows }) => [
    flows.preview.keeps(flows.values[`kept.${plain(object(answer).kind)}`] ?? plain(object(answer).kind), plain(variable)),
  ],
  condition: ({ cases }, words) => list(cases).map(({ exit, rule }) => `${plain(exit)}: ${ruleLine(rule ?? null, words)}`),
  switch: ({ on }) => [valueText(on)],
  split: ({ branches }) => [list(branches).map(({ exit, weight }) => `${plain(exit)} ${plain(weight)}`).join(" : ")],
  hours: ({ zone, week }, { flows }) => {
    const days = object(week);
    return [
      ...Object.entries(days).slice(0, 2).map(([day, spans]) => `${flows.values[day] ?? day} ${list(spans).map((each) => `${plain(each.from)}–${plain(each.to)}`).join(", ")}`),
      ...(Object.keys(days).length > 2 ? [`+ ${Object.keys(days).length - 2}`] : []),
      flows.values[`zone.${plain(zone)}`] ?? plain(zone),
    ];
  },
  wait: (data, words) => [
    ...(data.for ? [duration(data.for, words)] : []),
    ...(data.until ? [`${words.flows.fields.until ?? ""} ${plain(data.until)}`] : []),
    ...(data.before ? [`− ${duration(data.before, words)}`] : []),
    ...list(object(data.window).hours).map((each) => `${plain(each.from)}–${plain(each.to)}`),
  ],
  set: ({ assignments }) => list(assignments).map(({ variable, to }) => `${plain(variable)} = ${valueText(to)}`),
  jump: ({ node, flow }) => (plain(node) === "" ? thing("flow", flow) : [`→ ${plain(node)}`]),
  subflow: ({ flow }) => thing("flow", flow),
  http: ({ method, url }) => [`${plain(method)} ${plain(url)}`],
  contact: ({ changes }, { flows }) =>
    list(changes).map((change) => {
      const what = plain(change.tag) || plain(change.field) || plain(change.kind) || plain(change.language);
      return `${flows.values[`op.${plain(change.op)}`] ?? plain(change.op)}: ${what}`;
    }),
  assign: ({ team, person, note }) => [...thing("person", person), ...thing("team", team), words_(note)],
  note: ({ text }) => [words_(text)],
  start_flow: ({ flow, contact }) => [...thing("flow", flow), plain(contact)],
  webhook: ({ event }) => [plain(event)],
  ai: ({ knowledge_base: base, question }) => [...thing("knowledge", base), plain(question)],
  end: ({ returns }) => Object.keys(object(returns)),
};

export function previewLines({ type, data }: StoredNode, words: Words): PreviewLine[] {
  return (linesOf[type]?.(data, words) ?? []).filter((line) => typeof line !== "string" || line.trim() !== "");
}
