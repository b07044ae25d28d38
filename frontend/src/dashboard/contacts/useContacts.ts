import { useQuery, useQueryClient, type InfiniteData, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Page } from "../api/shapes";
import { usePages, type PagesView } from "../api/usePages";
import { useServices } from "../services";
import type { ContactQuery, ContactRecord, FieldDefinition } from "./contactShapes";

const listsKey = ["contacts", "list"] as const;
const tagsKey = ["contact-tags"] as const;
export const fieldsKey = ["contact-fields"] as const;
const oneKey = (id: string) => ["contacts", "one", id] as const;
const fewMinutesMs = 300_000;

export function useContacts(query: ContactQuery): PagesView<ContactRecord> {
  const { api } = useServices();
  const key = useMemo(() => [...listsKey, query], [query]);
  const fetchPage = useCallback(
    (cursor: string | null, signal?: AbortSignal) => api.contacts.list(query, cursor, signal),
    [api, query],
  );
  return usePages(key, fetchPage, { keep: true });
}

function listed(client: QueryClient, id: string): ContactRecord | undefined {
  const lists = client.getQueriesData<InfiniteData<Page<ContactRecord>>>({ queryKey: listsKey });
  for (const [, list] of lists) {
    for (const page of list?.pages ?? []) {
      const found = page.items.find((each) => each.id === id);
      if (found) return found;
    }
  }
  return undefined;
}

/** One contact: at once as a list has it, then as it is. */
export function useContact(id: string): UseQueryResult<ContactRecord> {
  const { api } = useServices();
  const client = useQueryClient();
  return useQuery<ContactRecord>({
    queryKey: oneKey(id),
    queryFn: ({ signal }) => api.contacts.get(id, signal),
    placeholderData: () => listed(client, id),
  });
}

export function knownContact(client: QueryClient, id: string): ContactRecord | undefined {
  return client.getQueryData<ContactRecord>(oneKey(id));
}

/** To be shown in its details and in every list. */
export function rememberContact(client: QueryClient, contact: ContactRecord): void {
  client.setQueryData(oneKey(contact.id), contact);
  client.setQueriesData<InfiniteData<Page<ContactRecord>>>({ queryKey: listsKey }, (list) =>
    list && {
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        items: page.items.map((each) => (each.id === contact.id ? contact : each)),
      })),
    },
  );
}

export async function rereadContact(client: QueryClient, id: string): Promise<void> {
  await client.invalidateQueries({ queryKey: oneKey(id) });
}

/** Somebody came or went: every list is read anew. */
export async function rereadLists(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: listsKey });
}

export function useTags(): string[] {
  const { api } = useServices();
  const query = useQuery({ queryKey: tagsKey, queryFn: ({ signal }) => api.contacts.tags(signal), staleTime: fewMinutesMs });
  return query.data ?? none;
}
const none: string[] = [];

export async function rereadTags(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: tagsKey });
}

export function useFieldDefinitions(): FieldDefinition[] {
  const { api } = useServices();
  const query = useQuery({ queryKey: fieldsKey, queryFn: ({ signal }) => api.contacts.fields(signal), staleTime: fewMinutesMs });
  return query.data ?? noFields;
}
const noFields: FieldDefinition[] = [];
