import { locales } from "../../../chat/days";
import { useWords } from "../../../words/useWords";
import { counted } from "../../exports/timeLeft";
import type { CostLine } from "../campaignShapes";
import { countryName } from "./countryName";
import { money, unitPrice } from "./money";
import styles from "./Prices.module.css";

/** What a cost is made of, where it is of more than one country or kind of message. */
export function CostLines({ lines, currency }: { lines: readonly CostLine[]; currency: string | null }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  const locale = locales[language];
  if (lines.length < 2 || currency === null) return null;
  const kinds = new Set(lines.map(({ category }) => category));
  return (
    <div className={styles.scroll}>
      <table className={styles.lines} aria-label={texts.costByCountry}>
        <thead>
          <tr>
            <th scope="col">{texts.country}</th>
            <th scope="col">{texts.messages}</th>
            <th scope="col">{texts.priceEach}</th>
            <th scope="col">{texts.cost}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ country, category, messages, price, amount }) => (
            <tr key={`${country} ${category}`}>
              <th scope="row">
                {country === null ? texts.countryUnknown : countryName(country, language)}
                {kinds.size > 1 && <small>{texts.priceLines[category]}</small>}
              </th>
              <td>{counted(messages, locale)}</td>
              <td>{price === null ? texts.noPriceYet : unitPrice(price, currency, locale)}</td>
              <td>{amount === null ? "–" : money(amount, currency, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
