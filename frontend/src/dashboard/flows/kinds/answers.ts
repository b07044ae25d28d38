/** What a question takes as an answer, kind by kind, as the engine's `answers` has it. */
import { freshOption, optionFields } from "./contents";
import type { Variant } from "./fields";

const nothingMore: Variant = { fields: [], fresh: () => ({}) };

export const answers: Readonly<Record<string, Variant>> = {
  text: {
    fields: [
      { name: "min_length", kind: "number", least: 1, most: 100_000, optional: true },
      { name: "max_length", kind: "number", least: 1, most: 100_000, optional: true },
      { name: "pattern", kind: "plain", optional: true },
    ],
    fresh: () => ({}),
  },
  choice: {
    fields: [
      { name: "options", kind: "list", most: 30, fresh: freshOption, of: optionFields(true), optional: true },
      { name: "options_from", kind: "filled", optional: true, when: ({ options }) => !Array.isArray(options) || options.length === 0 },
      { name: "show", kind: "choice", values: ["auto", "buttons", "list", "numbers"], optional: true },
      { name: "button", kind: "words", most: 400, optional: true, when: ({ show }) => show !== "buttons" && show !== "numbers" },
      { name: "header", kind: "words", most: 400, optional: true },
      { name: "footer", kind: "words", most: 400, optional: true },
    ],
    fresh: () => ({ options: [freshOption([]), freshOption([freshOption([])])] }),
  },
  number: {
    fields: [
      { name: "minimum", kind: "number", optional: true },
      { name: "maximum", kind: "number", optional: true },
      { name: "whole", kind: "switch", optional: true },
      { name: "decimal_comma", kind: "switch", optional: true },
    ],
    fresh: () => ({}),
  },
  email: nothingMore,
  phone: { fields: [{ name: "country_code", kind: "plain", optional: true }], fresh: () => ({}) },
  url: nothingMore,
  date: {
    fields: [
      { name: "order", kind: "choice", values: ["day_month", "month_day"], optional: true },
      { name: "not_before", kind: "number", optional: true },
      { name: "within", kind: "duration", optional: true },
    ],
    fresh: () => ({}),
  },
  location: nothingMore,
  media: {
    fields: [{ name: "types", kind: "choices", values: ["image", "video", "document", "audio", "sticker"], optional: true }],
    fresh: () => ({ types: ["image"] }),
  },
  form: nothingMore,
};
