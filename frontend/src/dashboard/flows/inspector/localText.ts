/** A text for people is one text, or one by language. */
import type { Json, JsonObject } from "../model/storedFlow";

const isTexts = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What is written for a language, and what stands in for it where nothing is. A text without a language
 * is in the flow's own, `base`.
 */
export function textFor(value: Json | undefined, language: string | null, base?: string): { own: string; standIn: string } {
  if (!isTexts(value)) {
    const text = typeof value === "string" ? value : "";
    return language === null || language === base ? { own: text, standIn: "" } : { own: "", standIn: text };
  }
  const first = Object.values(value).find((each) => typeof each === "string" && each !== "");
  const standIn = typeof first === "string" ? first : "";
  const own = language === null ? standIn : value[language];
  return { own: typeof own === "string" ? own : "", standIn };
}

export function withText(value: Json | undefined, language: string | null, base: string, text: string): Json {
  if (isTexts(value)) {
    const key = language ?? Object.keys(value)[0] ?? base;
    const { [key]: _own, ...others } = value;
    if (text !== "") return { ...value, [key]: text };
    return Object.keys(others).length === 0 ? "" : others;
  }
  if (language === null || language === base) return text;
  const before = typeof value === "string" ? value : "";
  if (text === "") return before;
  return before === "" ? { [language]: text } : { [base]: before, [language]: text };
}

/** The languages that any text within is written in. */
export function languagesIn(data: Json, fields: (value: Json) => boolean = () => true): string[] {
  const found = new Set<string>();
  const look = (value: Json) => {
    if (Array.isArray(value)) value.forEach(look);
    else if (isTexts(value)) {
      const keys = Object.keys(value);
      const texts = keys.length > 0 && keys.every((key) => /^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/.test(key) && typeof value[key] === "string");
      if (texts && fields(value) && keys.some((key) => knownLanguages.has(key.split(/[_-]/)[0] ?? ""))) keys.forEach((key) => found.add(key));
      else Object.values(value).forEach(look);
    }
  };
  look(data);
  return [...found].sort();
}

/** Those that WhatsApp's templates know, by their first part; any other can be written by hand. */
export const knownLanguages = new Set(
  "af sq ar az bn bg ca zh hr cs da nl en et fil fi fr ka de el gu ha he hi hu id ga it ja kn kk rw ko ky lo lv lt mk ms ml mr nb fa pl pt pa ro ru sr sk sl es sw sv ta te th tr uk ur uz vi zu jv su".split(
    " ",
  ),
);
