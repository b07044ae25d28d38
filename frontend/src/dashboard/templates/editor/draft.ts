/** A template as it is edited, and the way there and back to Meta's components. */
import { namesIn } from "../variables";
import type { ButtonComponent, Component, NamedExample, Template, TemplateDraft } from "../templateShapes";

export type HeaderKind = "none" | "text" | "image" | "video" | "document" | "location";

export interface ButtonDraft {
  /** For React alone. */
  key: number;
  type: string;
  text: string;
  url: string;
  phone: string;
  /** The filled address, or the coupon. */
  example: string;
  flowId: string;
}

export interface CodeDraft {
  type: "COPY_CODE" | "ONE_TAP" | "ZERO_TAP";
  warn: boolean;
  /** Null: no word on when it ends. */
  minutes: number | null;
  packageName: string;
  signatureHash: string;
}

export interface CardDraft {
  key: number;
  handle: string;
  body: string;
}

export interface Draft {
  wabaId: string;
  name: string;
  language: string;
  category: string;
  header: { kind: HeaderKind; text: string; handle: string };
  body: string;
  footer: string;
  buttons: ButtonDraft[];
  /** Examples of the body's variables by name, and of the header's one. */
  samples: Record<string, string>;
  headerSample: string;
  offer: { text: string; ends: boolean } | null;
  code: CodeDraft;
  /** Null: no cards. Their buttons are the same on each, as Meta wants it. */
  cards: { media: "image" | "video"; cards: CardDraft[]; buttons: ButtonDraft[] } | null;
}

let counter = 0;
export const freshKey = () => (counter += 1);

export function freshButton(type: string): ButtonDraft {
  return { key: freshKey(), type, text: "", url: type === "URL" ? "https://" : "", phone: "", example: "", flowId: "" };
}

export const freshCard = (): CardDraft => ({ key: freshKey(), handle: "", body: "" });

export function freshDraft(language: string): Draft {
  return {
    wabaId: "",
    name: "",
    language,
    category: "UTILITY",
    header: { kind: "none", text: "", handle: "" },
    body: "",
    footer: "",
    buttons: [],
    samples: {},
    headerSample: "",
    offer: null,
    code: { type: "COPY_CODE", warn: true, minutes: 10, packageName: "", signatureHash: "" },
    cards: null,
  };
}

const isNamed = (names: readonly string[]) => names.some((name) => !/^\d+$/.test(name));

export function formatOf(draft: Draft): "POSITIONAL" | "NAMED" {
  return isNamed([...namesIn(draft.body), ...namesIn(draft.header.text)]) ? "NAMED" : "POSITIONAL";
}

export function toDraft(draft: Draft): TemplateDraft {
  return {
    name: draft.name,
    language: draft.language,
    category: draft.category,
    parameter_format: formatOf(draft),
    components: draft.category === "AUTHENTICATION" ? codeComponents(draft.code) : components(draft),
    ...(draft.wabaId ? { waba_id: draft.wabaId } : {}),
  };
}

function components(draft: Draft): Component[] {
  const { header, body, footer, buttons, offer, cards } = draft;
  return [
    ...(header.kind === "none" ? [] : [headerComponent(draft)]),
    ...(offer ? [{ type: "LIMITED_TIME_OFFER", limited_time_offer: { text: offer.text, has_expiration: offer.ends } }] : []),
    withExamples("body", { type: "BODY", text: body }, draft.samples),
    ...(footer ? [{ type: "FOOTER", text: footer }] : []),
    ...(buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttons.map(buttonComponent) }] : []),
    ...(cards ? [{ type: "CAROUSEL", cards: cards.cards.map((card) => cardComponents(card, cards.media, cards.buttons)) }] : []),
  ];
}

function headerComponent({ header, headerSample }: Draft): Component {
  if (header.kind === "text") {
    const component: Component = { type: "HEADER", format: "TEXT", text: header.text };
    return withExamples("header", component, Object.fromEntries(namesIn(header.text).map((name) => [name, headerSample])));
  }
  const format = header.kind.toUpperCase();
  if (header.kind === "location") return { type: "HEADER", format };
  return { type: "HEADER", format, example: { header_handle: header.handle ? [header.handle] : [] } };
}

/** Each variable with its example; those without one are told as missing by the check. */
function withExamples(part: "header" | "body", component: Component, samples: Readonly<Record<string, string>>): Component {
  const names = namesIn(component.text ?? "");
  if (names.length === 0) return component;
  const given = names.map((name) => samples[name] ?? "");
  if (given.some((one) => one.trim() === "")) return component;
  if (isNamed(names)) {
    const pairs: NamedExample[] = names.map((name, place) => ({ param_name: name, example: given[place] ?? "" }));
    return { ...component, example: part === "body" ? { body_text_named_params: pairs } : { header_text_named_params: pairs } };
  }
  return { ...component, example: part === "body" ? { body_text: [given] } : { header_text: given } };
}

function buttonComponent({ type, text, url, phone, example, flowId }: ButtonDraft): ButtonComponent {
  switch (type) {
    case "URL":
      return { type, text, url, ...(namesIn(url).length > 0 && example ? { example: [example] } : {}) };
    case "PHONE_NUMBER":
      return { type, text, phone_number: phone };
    case "COPY_CODE":
      return { type, example };
    case "FLOW":
      return { type, text, flow_id: flowId };
    default:
      return { type, text };
  }
}

function cardComponents({ handle, body }: CardDraft, media: string, buttons: readonly ButtonDraft[]): { components: Component[] } {
  return {
    components: [
      { type: "HEADER", format: media.toUpperCase(), example: { header_handle: handle ? [handle] : [] } },
      ...(body ? [{ type: "BODY", text: body }] : []),
      ...(buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttons.map(buttonComponent) }] : []),
    ],
  };
}

function codeComponents({ type, warn, minutes, packageName, signatureHash }: CodeDraft): Component[] {
  const apps = { supported_apps: [{ package_name: packageName, signature_hash: signatureHash }] };
  const button: ButtonComponent = {
    type: "OTP",
    otp_type: type,
    ...(type === "COPY_CODE" ? {} : apps),
    ...(type === "ZERO_TAP" ? { zero_tap_terms_accepted: true } : {}),
  };
  return [
    { type: "BODY", add_security_recommendation: warn },
    ...(minutes === null ? [] : [{ type: "FOOTER", code_expiration_minutes: minutes }]),
    { type: "BUTTONS", buttons: [button] },
  ];
}

const headerKinds = new Set<string>(["text", "image", "video", "document", "location"]);
const buttonTypes = new Set(["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "FLOW", "CATALOG", "MPM", "OTP", "VOICE_CALL"]);

/** A template to go on from; null where it has parts that this editor does not know. */
export function fromTemplate(template: Template): Draft | null {
  const draft = { ...freshDraft(template.language), wabaId: template.waba_id, name: template.name, category: template.category };
  for (const component of template.components) {
    if (!take(component, draft)) return null;
  }
  return draft;
}

function take(component: Component, draft: Draft): boolean {
  switch (component.type) {
    case "HEADER":
      return takeHeader(component, draft);
    case "BODY":
      draft.body = component.text ?? "";
      draft.samples = samplesOf(component, "body");
      draft.code = { ...draft.code, warn: component.add_security_recommendation ?? false, minutes: null };
      return true;
    case "FOOTER":
      draft.footer = component.text ?? "";
      if (component.code_expiration_minutes !== undefined) draft.code = { ...draft.code, minutes: component.code_expiration_minutes };
      return true;
    case "BUTTONS":
      return takeButtons(component.buttons ?? [], draft);
    case "LIMITED_TIME_OFFER":
      draft.offer = { text: component.limited_time_offer?.text ?? "", ends: component.limited_time_offer?.has_expiration ?? false };
      return true;
    case "CAROUSEL":
      return takeCards(component.cards ?? [], draft);
    default:
      return false;
  }
}

function takeHeader(component: Component, draft: Draft): boolean {
  const kind = (component.format ?? "").toLowerCase();
  if (!headerKinds.has(kind)) return false;
  draft.header = { kind: kind as HeaderKind, text: component.text ?? "", handle: component.example?.header_handle?.[0] ?? "" };
  draft.headerSample = Object.values(samplesOf(component, "header"))[0] ?? "";
  return true;
}

function takeButtons(buttons: readonly ButtonComponent[], draft: Draft): boolean {
  const code = buttons.find(({ type }) => type === "OTP");
  if (code) {
    const app = code.supported_apps?.[0];
    const type = code.otp_type === "ONE_TAP" || code.otp_type === "ZERO_TAP" ? code.otp_type : "COPY_CODE";
    draft.code = { ...draft.code, type, packageName: app?.package_name ?? "", signatureHash: app?.signature_hash ?? "" };
    return true;
  }
  draft.buttons = buttons.map(buttonDraft);
  return buttons.every(({ type }) => buttonTypes.has(type));
}

function takeCards(cards: readonly { components: Component[] }[], draft: Draft): boolean {
  const part = (card: { components: Component[] } | undefined, type: string) => card?.components.find((each) => each.type === type);
  const media = part(cards[0], "HEADER")?.format?.toLowerCase();
  if (media !== "image" && media !== "video") return false;
  draft.cards = {
    media,
    cards: cards.map((card) => ({
      key: freshKey(),
      handle: part(card, "HEADER")?.example?.header_handle?.[0] ?? "",
      body: part(card, "BODY")?.text ?? "",
    })),
    buttons: (part(cards[0], "BUTTONS")?.buttons ?? []).map(buttonDraft),
  };
  return true;
}

function buttonDraft(button: ButtonComponent): ButtonDraft {
  const example = Array.isArray(button.example) ? button.example[0] : button.example;
  return {
    key: freshKey(),
    type: button.type,
    text: button.text ?? "",
    url: button.url ?? "",
    phone: button.phone_number ?? "",
    example: example ?? "",
    flowId: button.flow_id ?? "",
  };
}

export function samplesOf(component: Component, part: "header" | "body"): Record<string, string> {
  const { example } = component;
  const named = part === "body" ? example?.body_text_named_params : example?.header_text_named_params;
  if (named) return Object.fromEntries(named.map((each) => [each.param_name, each.example]));
  const listed = part === "body" ? example?.body_text?.[0] : example?.header_text;
  return Object.fromEntries((listed ?? []).map((each, place) => [String(place + 1), each]));
}
