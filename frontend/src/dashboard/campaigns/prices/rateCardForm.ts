import { priceLines, type PriceLine, type Prices, type RateCard, type RateCardDraft } from "../campaignShapes";

export type Typed = Record<PriceLine, string>;

/** Prices as they are typed: those of all countries, and of those that have others. */
export interface TypedCard {
  everywhere: Typed;
  countries: { code: string; prices: Typed }[];
}

const nothing: Typed = { marketing: "", utility: "", authentication: "", service: "" };

export function typedCard(card: RateCard): TypedCard {
  return { everywhere: typed(card), countries: Object.entries(card.countries).map(([code, prices]) => ({ code, prices: typed(prices) })) };
}

/** The card with another country, the first that has no prices of its own. */
export function withCountry(card: TypedCard, codes: readonly string[]): TypedCard {
  const taken = new Set(card.countries.map(({ code }) => code));
  const code = codes.find((each) => !taken.has(each));
  return code === undefined ? card : { ...card, countries: [...card.countries, { code, prices: nothing }] };
}

export function draftOf({ everywhere, countries }: TypedCard, currency: string): RateCardDraft {
  return { currency, ...given(everywhere), countries: Object.fromEntries(countries.map(({ code, prices }) => [code, given(prices)])) };
}

export function isWrong(text: string): boolean {
  return Number.isNaN(priceOf(text) ?? 0);
}

export function isRight({ everywhere, countries }: TypedCard): boolean {
  return [everywhere, ...countries.map(({ prices }) => prices)].every((prices) => !priceLines.some((line) => isWrong(prices[line])));
}

function typed(prices: Prices): Typed {
  return Object.fromEntries(priceLines.map((line) => [line, prices[line] === null ? "" : String(prices[line])])) as Typed;
}

function given(prices: Typed): Partial<Record<PriceLine, number>> {
  return Object.fromEntries(priceLines.map((line) => [line, priceOf(prices[line])] as const).filter(([, price]) => price !== null));
}

/** Null where nothing is entered; NaN for what is no price. A comma is as good as a point. */
function priceOf(text: string): number | null {
  const entered = text.trim().replace(",", ".");
  if (entered === "") return null;
  return /^\d+(\.\d+)?$/.test(entered) ? Number(entered) : NaN;
}
