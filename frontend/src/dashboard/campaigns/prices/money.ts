/** A sum as it is written where the language is spoken. */
export function money(amount: number, currency: string, locale: string): string {
  return written(amount, currency, locale, {});
}

/** The price of one message: fractions of the smallest coin count, two at least, so that prices line up. */
export function unitPrice(amount: number, currency: string, locale: string): string {
  return written(amount, currency, locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
}

function written(amount: number, currency: string, locale: string, fractions: Intl.NumberFormatOptions): string {
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol", ...fractions }).format(amount);
  } catch {
    return `${currency} ${amount}`; // three letters that are no currency
  }
}
