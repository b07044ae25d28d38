import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { asProblem } from "../api/problem";
import type { PagesView } from "../api/usePages";
import { useServices } from "../services";
import { templatesKey } from "./templatesKey";
import type { TemplateFilter } from "./templateCalls";
import type { Template, TemplateAccount } from "./templateShapes";

const followEveryMs = 3000;
const waits = (status: string) => status === "PENDING" || status === "IN_APPEAL" || status === "PENDING_DELETION";

/** A list that follows by itself as long as something in it is under way. */
export function useTemplates(filter: Partial<TemplateFilter>): PagesView<Template> & { accounts: TemplateAccount[] | undefined } {
  const { api } = useServices();
  const query = useInfiniteQuery({
    queryKey: [...templatesKey, "list", filter],
    queryFn: ({ pageParam, signal }) => api.templates.list(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      const busy = pages.some(({ items, accounts }) => items.some(({ status }) => waits(status)) || accounts.some(({ syncing }) => syncing));
      return busy ? followEveryMs : false;
    },
  });
  return {
    items: query.data?.pages.flatMap(({ items }) => items),
    accounts: query.data?.pages[0]?.accounts,
    problem: query.error ? asProblem(query.error) : null,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
    stale: query.isPlaceholderData,
  };
}

export function useTemplate(id: string | null): UseQueryResult<Template> {
  const { api } = useServices();
  return useQuery({
    queryKey: [...templatesKey, "one", id],
    queryFn: ({ signal }) => api.templates.get(id ?? "", signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && waits(state.data.status) ? followEveryMs : false),
  });
}
