import { expect, it } from "vitest";
import type { RateCard } from "../campaignShapes";
import { draftOf, isRight, typedCard, withCountry } from "./rateCardForm";

const none = { marketing: null, utility: null, authentication: null, service: null };
const card: RateCard = { revision: 3, currency: "IDR", ...none, marketing: 586.33, countries: { MY: { ...none, marketing: 1239.5 } } };

it("keeps a card that nobody touched as it is", () => {
  expect(draftOf(typedCard(card), "IDR")).toEqual({ currency: "IDR", marketing: 586.33, countries: { MY: { marketing: 1239.5 } } });
});

it("adds countries that are not there yet", () => {
  const more = withCountry(withCountry(typedCard(card), ["MY", "SG", "US"]), ["MY", "SG", "US"]);
  expect(more.countries.map(({ code }) => code)).toEqual(["MY", "SG", "US"]);
  expect(withCountry(more, ["MY", "SG", "US"])).toBe(more);
});

it("takes a comma for a point, and no words for a price, in any country", () => {
  const typed = withCountry(typedCard(card), ["SG"]);
  const of = (marketing: string) => ({ ...typed, countries: typed.countries.map((one) => (one.code === "SG" ? { ...one, prices: { ...one.prices, marketing } } : one)) });
  expect(draftOf(of("0,05"), "IDR").countries.SG).toEqual({ marketing: 0.05 });
  expect([isRight(of("0,05")), isRight(of("")), isRight(of("cheap"))]).toEqual([true, true, false]);
});
