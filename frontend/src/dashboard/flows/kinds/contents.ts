/** What can be sent, kind by kind, as the engine's `contents` has it. */
import type { Json } from "../model/storedFlow";
import { freeId } from "../model/graph";
import type { Field, Variant } from "./fields";

const header: Field = { name: "header", kind: "words", most: 400, optional: true };
const footer: Field = { name: "footer", kind: "words", most: 400, optional: true };
const text: Field = { name: "text", kind: "words", lines: 3 };

const idsOf = (taken: readonly Json[]) =>
  new Set(taken.map((each) => (typeof each === "object" && each !== null && !Array.isArray(each) && typeof each.id === "string" ? each.id : "")));

export const freshOption = (taken: readonly Json[]): Json => ({ id: freeId(idsOf(taken), `option_${taken.length + 1}`), title: "" });

/** A button or a row: the id comes back when it is tapped, and is the exit. */
export const optionFields = (described: boolean): readonly Field[] => [
  { name: "title", kind: "words", most: 400 },
  ...(described ? [{ name: "description", kind: "words", most: 400, optional: true } as const] : []),
  { name: "id", kind: "plain" },
];

const media: Variant = {
  fields: [
    { name: "media", kind: "media" },
    { name: "caption", kind: "words", lines: 2, optional: true, when: ({ kind }) => kind !== "audio" && kind !== "sticker" },
    { name: "file_name", kind: "filled", optional: true, when: ({ kind }) => kind === "document" },
  ],
  fresh: () => ({ media: "" }),
};

export const templateFields: readonly Field[] = [
  { name: "name", kind: "template" },
  { name: "language", kind: "plain", optional: true },
  {
    name: "header",
    kind: "group",
    optional: true,
    fresh: () => ({ kind: "text" }),
    of: [
      { name: "kind", kind: "choice", values: ["text", "image", "video", "document"] },
      { name: "text", kind: "words", most: 400, optional: true, when: ({ kind }) => kind === "text" },
      { name: "media", kind: "media", optional: true, when: ({ kind }) => kind !== "text" },
    ],
  },
  { name: "body", kind: "texts", of: "words", most: 50, optional: true },
  { name: "named_body", kind: "map", of: "words", most: 50, optional: true },
  {
    name: "buttons",
    kind: "list",
    most: 10,
    optional: true,
    fresh: (taken) => ({ index: taken.length, kind: "quick_reply", value: "" }),
    of: [
      { name: "index", kind: "number", least: 0, most: 9 },
      { name: "kind", kind: "choice", values: ["quick_reply", "url", "copy_code"] },
      { name: "value", kind: "filled" },
    ],
  },
];

const worded = (more: readonly Field[]): readonly Field[] => [text, ...more, header, footer];

export const contents: Readonly<Record<string, Variant>> = {
  text: { fields: [text, { name: "preview_url", kind: "switch", optional: true }], fresh: () => ({ text: "" }) },
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  buttons: {
    fields: worded([{ name: "buttons", kind: "list", most: 3, least: 1, fresh: freshOption, of: optionFields(false) }]),
    fresh: () => ({ text: "", buttons: [freshOption([])] }),
  },
  list: {
    fields: worded([
      { name: "button", kind: "words", most: 400 },
      {
        name: "sections",
        kind: "list",
        most: 10,
        least: 1,
        fresh: () => ({ rows: [freshOption([])] }),
        of: [
          { name: "title", kind: "words", most: 400, optional: true },
          { name: "rows", kind: "list", most: 10, least: 1, fresh: freshOption, of: optionFields(true) },
        ],
      },
    ]),
    fresh: () => ({ text: "", button: "", sections: [{ rows: [freshOption([])] }] }),
  },
  link: {
    fields: worded([
      { name: "label", kind: "words", most: 400 },
      { name: "url", kind: "filled" },
    ]),
    fresh: () => ({ text: "", label: "", url: "https://" }),
  },
  location: {
    fields: [
      { name: "latitude", kind: "filled" },
      { name: "longitude", kind: "filled" },
      { name: "name", kind: "words", most: 400, optional: true },
      { name: "address", kind: "words", most: 400, optional: true },
    ],
    fresh: () => ({ latitude: "", longitude: "" }),
  },
  location_request: { fields: worded([]), fresh: () => ({ text: "" }) },
  contacts: {
    fields: [
      {
        name: "people",
        kind: "list",
        most: 5,
        least: 1,
        fresh: () => ({ name: "", phone: "" }),
        of: [
          { name: "name", kind: "filled" },
          { name: "phone", kind: "filled" },
        ],
      },
    ],
    fresh: () => ({ people: [{ name: "", phone: "" }] }),
  },
  form: {
    fields: worded([
      { name: "label", kind: "words", most: 400 },
      { name: "form_id", kind: "filled" },
      { name: "screen", kind: "filled", optional: true },
      { name: "data", kind: "map", of: "filled", most: 50, optional: true },
    ]),
    fresh: () => ({ text: "", label: "", form_id: "" }),
  },
  product: {
    fields: worded([
      { name: "catalog_id", kind: "filled" },
      { name: "product_id", kind: "filled" },
    ]),
    fresh: () => ({ text: "", catalog_id: "", product_id: "" }),
  },
  products: {
    fields: [
      text,
      { name: "header", kind: "words", most: 400 },
      { name: "catalog_id", kind: "filled" },
      {
        name: "sections",
        kind: "list",
        most: 10,
        least: 1,
        fresh: () => ({ title: "", product_ids: [""] }),
        of: [
          { name: "title", kind: "words", most: 400 },
          { name: "product_ids", kind: "texts", of: "filled", most: 30 },
        ],
      },
      footer,
    ],
    fresh: () => ({ text: "", header: "", catalog_id: "", sections: [{ title: "", product_ids: [""] }] }),
  },
  catalog: { fields: worded([{ name: "product_id", kind: "filled" }]), fresh: () => ({ text: "", product_id: "" }) },
  reaction: { fields: [{ name: "emoji", kind: "filled" }], fresh: () => ({ emoji: "👍" }) },
  template: { fields: templateFields, fresh: () => ({ name: "" }) },
  other: {
    fields: [{ name: "message", kind: "json" }],
    fresh: () => ({ message: { type: "text", text: { body: "" } } }),
  },
};
