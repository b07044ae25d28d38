import type { Page } from "./shapes";

/** A list that is polled at its head and paged at its end; newest first, one item per id. */
export interface LiveList<T> {
  items: T[];
  /** Cursor behind the oldest item; null when the list is whole. */
  nextCursor: string | null;
}

export interface Ordering<T> {
  id: (item: T) => string;
  /** Higher is newer. */
  place: (item: T) => number;
}

/** A stable sort: of two items at one place the API knows the order. */
function newestFirst<T>(items: readonly T[], { place }: Ordering<T>): T[] {
  return [...items].sort((a, b) => place(b) - place(a));
}

/**
 * Put a fresh first page in front of what is known. The page is the truth for what it spans;
 * older items stay. If so much is new that the page no longer reaches what is known, the known is
 * dropped rather than shown with a hole.
 */
export function mergeHead<T>(known: LiveList<T> | undefined, page: Page<T>, ordering: Ordering<T>): LiveList<T> {
  const { id, place } = ordering;
  const head = newestFirst(page.items, ordering);
  const oldestInHead = head.at(-1);
  const newestKnown = known?.items[0];
  if (known === undefined || oldestInHead === undefined || newestKnown === undefined || page.next_cursor === null) {
    return { items: head, nextCursor: page.next_cursor };
  }
  const from = place(oldestInHead);
  if (from > place(newestKnown)) return { items: head, nextCursor: page.next_cursor };
  const inHead = new Set(head.map(id));
  const older = known.items.filter((item) => place(item) <= from && !inHead.has(id(item)));
  return older.length === 0
    ? { items: head, nextCursor: page.next_cursor }
    : { items: [...head, ...older], nextCursor: known.nextCursor };
}

/** Put the page behind `cursor` at the end. Items that moved to the head meanwhile keep their newer form. */
export function appendOlder<T>(
  known: LiveList<T> | undefined,
  cursor: string,
  page: Page<T>,
  ordering: Ordering<T>,
): LiveList<T> {
  if (known === undefined) return { items: newestFirst(page.items, ordering), nextCursor: page.next_cursor };
  if (known.nextCursor !== cursor) return known; // the list began anew while this page was under way
  const present = new Set(known.items.map(ordering.id));
  const added = page.items.filter((item) => !present.has(ordering.id(item)));
  return { items: newestFirst([...known.items, ...added], ordering), nextCursor: page.next_cursor };
}
