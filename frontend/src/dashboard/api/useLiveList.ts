import { useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { appendOlder, mergeHead, type LiveList, type Ordering } from "./liveList";
import { asProblem, type ApiProblem } from "./problem";
import type { Page } from "./shapes";

export const pollEveryMs = 2000;

export interface LiveListView<T> {
  /** Undefined until the first answer. */
  items: T[] | undefined;
  problem: ApiProblem | null;
  hasMore: boolean;
  loadingMore: boolean;
  moreProblem: ApiProblem | null;
  loadMore: () => void;
  retry: () => void;
}

interface LiveListOptions<T> {
  key: QueryKey;
  fetchPage: (cursor: string | null, signal?: AbortSignal) => Promise<Page<T>>;
  ordering: Ordering<T>;
  enabled?: boolean;
  everyMs?: number;
}

/** Polls the first page while the tab is visible; older pages are fetched once, when asked for. */
export function useLiveList<T>(options: LiveListOptions<T>): LiveListView<T> {
  const { key, fetchPage, ordering, enabled = true, everyMs = pollEveryMs } = options;
  const client = useQueryClient();
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<ApiProblem | null>(null);

  const query = useQuery<LiveList<T>>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const page = await fetchPage(null, signal);
      return mergeHead(client.getQueryData<LiveList<T>>(key), page, ordering);
    },
    enabled,
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
  });

  const nextCursor = query.data?.nextCursor ?? null;
  const loadMore = useCallback(() => {
    if (nextCursor === null || loadingMore) return;
    setLoadingMore(true);
    setMoreProblem(null);
    fetchPage(nextCursor)
      .then((page) => {
        client.setQueryData<LiveList<T>>(key, (known) => appendOlder(known, nextCursor, page, ordering));
      })
      .catch((failure: unknown) => setMoreProblem(asProblem(failure)))
      .finally(() => setLoadingMore(false));
  }, [client, fetchPage, key, loadingMore, nextCursor, ordering]);

  return {
    items: query.data?.items,
    problem: query.error ? asProblem(query.error) : null,
    hasMore: nextCursor !== null,
    loadingMore,
    moreProblem,
    loadMore,
    retry: () => void query.refetch(),
  };
}
