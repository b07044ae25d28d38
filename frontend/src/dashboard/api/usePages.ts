import { keepPreviousData, useInfiniteQuery, type InfiniteData, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { asProblem, type ApiProblem } from "./problem";
import type { Page } from "./shapes";

type Pages<T> = InfiniteData<Page<T>, string | null>;

export interface PagesView<T> {
  /** Undefined until the first answer. */
  items: T[] | undefined;
  problem: ApiProblem | null;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
  /** What is shown belongs to the key before: the answer to this one is on its way. */
  stale: boolean;
}

/** A list that is read page by page; polled only while `every` says how often, in milliseconds. */
export function usePages<T>(
  key: QueryKey,
  fetchPage: (cursor: string | null, signal?: AbortSignal) => Promise<Page<T>>,
  { enabled = true, keep = false, every }: { enabled?: boolean; keep?: boolean; every?: (items: T[]) => number | false } = {},
): PagesView<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled,
    refetchInterval: ({ state }) => every?.(state.data?.pages.flatMap((page) => page.items) ?? []) ?? false,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    problem: query.error ? asProblem(query.error) : null,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
    stale: query.isPlaceholderData,
  };
}

/** Change what is shown before the server has agreed; answers how to put it back. */
export async function showAtOnce<T>(
  client: QueryClient,
  key: QueryKey,
  change: (items: T[]) => T[],
): Promise<() => void> {
  await client.cancelQueries({ queryKey: key });
  const before = client.getQueryData<Pages<T>>(key);
  client.setQueryData<Pages<T>>(key, (known) =>
    known ? { ...known, pages: known.pages.map((page) => ({ ...page, items: change(page.items) })) } : known,
  );
  return () => client.setQueryData(key, before);
}
