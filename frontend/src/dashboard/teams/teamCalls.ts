import type { Requests } from "../api/requests";

/** People to whom conversations are given together. */
export interface Team {
  id: string;
  name: string;
  /** Ids of people. */
  members: string[];
  revision: number;
  created_at: number;
}

export interface TeamCalls {
  /** All of them; there are never many. */
  list: (signal?: AbortSignal) => Promise<Team[]>;
  create: (name: string, members: readonly string[]) => Promise<Team>;
  /** Refused when somebody has changed the team since. */
  change: (before: Team, name: string, members: readonly string[]) => Promise<Team>;
  remove: (id: string) => Promise<unknown>;
}

export function teamCalls({ get, send }: Requests): TeamCalls {
  const at = (id: string) => `/v1/teams/${encodeURIComponent(id)}`;
  return {
    list: async (signal) => (await get<{ items: Team[] }>("/v1/teams", signal)).items,
    create: (name, members) => send("POST", "/v1/teams", { body: { name, members } }),
    change: (before, name, members) => send("PATCH", at(before.id), { body: { name, members }, ifMatch: `"${before.revision}"` }),
    remove: (id) => send("DELETE", at(id)),
  };
}
