/** Amounts of meters in words, and how near they are to their limits. Pure. */
import type { Meter } from "./usageCalls";

const sizes = ["B", "kB", "MB", "GB", "TB"];

export function amount(value: number, unit: string, locale: string): string {
  if (unit !== "bytes") return new Intl.NumberFormat(locale).format(value);
  let rest = value;
  let size = 0;
  while (rest >= 1000 && size < sizes.length - 1) {
    rest /= 1000;
    size += 1;
  }
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: rest < 10 && size > 0 ? 1 : 0 }).format(rest)} ${sizes[size]}`;
}

export type Nearness = "calm" | "near" | "reached";

const nearAt = 0.8;

export function nearness({ used, limit }: Pick<Meter, "used" | "limit">): Nearness {
  if (limit === null) return "calm";
  if (used >= limit) return "reached";
  return used >= limit * nearAt ? "near" : "calm";
}

/** How much of the bar is filled, 0 to 1; null where there is no limit to fill towards. */
export function share({ used, limit }: Pick<Meter, "used" | "limit">): number | null {
  if (limit === null) return null;
  return limit === 0 ? 1 : Math.min(1, used / limit);
}
