import { useQuery } from "@tanstack/react-query";
import { useServices } from "../services";
import type { Team } from "./teamCalls";

export const teamsKey = ["teams"] as const;

const fewMinutesMs = 300_000;

/** The teams of the workspace; undefined until they are known. */
export function useTeams(): Team[] | undefined {
  const { api } = useServices();
  return useQuery({ queryKey: teamsKey, queryFn: ({ signal }) => api.teams.list(signal), staleTime: fewMinutesMs }).data;
}
