import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { useServices } from "../services";
import type { Me } from "./shapes";

export const meKey = ["me"] as const;
const freshForMs = 60_000;

export function useMe(): UseQueryResult<Me> {
  const { api } = useServices();
  return useQuery({ queryKey: meKey, queryFn: ({ signal }) => api.me(signal), staleTime: freshForMs });
}

/** What the API lets this person do; pages offer nothing else. The API checks again. */
export type Permission =
  | "conversations:reply"
  | "messages:send"
  | "inspection:read"
  | "workspace:update"
  | "workspace:delete"
  | "members:read"
  | "members:manage"
  | "teams:manage"
  | "owners:manage"
  | "invites:manage"
  | "api_keys:manage"
  | "audit:read"
  | "webhooks:manage"
  | "dead_letters:read"
  | "dead_letters:redrive"
  | "contacts:read"
  | "contacts:edit"
  | "contacts:import"
  | "contacts:erase"
  | "channels:read"
  | "channels:manage"
  | "templates:read"
  | "templates:manage"
  | "usage:read"
  | "workspace:export"
  | "campaigns:read"
  | "campaigns:edit"
  | "campaigns:send"
  | "flows:read"
  | "flows:edit"
  | "flows:publish"
  | "knowledge:read"
  | "knowledge:edit";

export function useMay(): (permission: Permission) => boolean {
  const permissions = useMe().data?.permissions;
  return useCallback((permission) => permissions?.includes(permission) ?? false, [permissions]);
}

/** Lists of one workspace must not mix with another's; what is on screen is read anew. */
function forgetWorkspace(client: QueryClient): void {
  void client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
}

/** The person may have switched in another tab. */
export function useWorkspaceWatch(): void {
  const client = useQueryClient();
  const id = useMe().data?.workspace?.id;
  const known = useRef(id);
  useEffect(() => {
    if (id === undefined || id === known.current) return;
    if (known.current !== undefined) forgetWorkspace(client);
    known.current = id;
  }, [client, id]);
}

/**
 * To be called when this person works in another workspace than before. A new token comes first: what
 * the gateway remembers of the old one belongs to the old workspace.
 */
export function useMoved(): () => Promise<Me | undefined> {
  const { api, keeper } = useServices();
  const client = useQueryClient();
  return useCallback(async () => {
    await keeper.renew().catch(() => undefined);
    const me = await api.me().catch(() => undefined);
    if (me) client.setQueryData(meKey, me);
    else await client.invalidateQueries({ queryKey: meKey });
    forgetWorkspace(client);
    return me;
  }, [api, client, keeper]);
}
