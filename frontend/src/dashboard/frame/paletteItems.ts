export interface PaletteItem {
  id: string;
  group: "conversations" | "actions";
  label: string;
  hint: string | null;
  /** Lower case; every word of the query must occur in it. */
  searchable: string;
  run: () => void;
}

const shownConversations = 8;

/** Items that hold every word of the query, starts of the label first; conversations before actions. */
export function matchingItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const wanted = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const first = wanted[0];
  const matching = items.filter((item) => wanted.every((word) => item.searchable.includes(word)));
  const starts = (item: PaletteItem) => (first !== undefined && item.label.toLowerCase().startsWith(first) ? 0 : 1);
  const of = (group: PaletteItem["group"]) =>
    matching.filter((item) => item.group === group).sort((a, b) => starts(a) - starts(b));
  return [...of("conversations").slice(0, shownConversations), ...of("actions")];
}
