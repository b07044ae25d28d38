import { useQuery } from "@tanstack/react-query";
import type { Member } from "../api/shapes";
import { useServices } from "../services";

const fewMinutesMs = 300_000;
const nobody: ReadonlyMap<string, string> = new Map();

/** The people of the workspace: their addresses by their ids. */
export function useColleagues(): ReadonlyMap<string, string> {
  const { api } = useServices();
  const query = useQuery({
    queryKey: ["members", "addresses"],
    queryFn: async ({ signal }) => {
      const members: Member[] = [];
      for (let cursor: string | null = null; ; ) {
        const page = await api.members(cursor, signal);
        members.push(...page.items);
        cursor = page.next_cursor;
        if (cursor === null) return new Map(members.map(({ user_id: id, email }) => [id, email]));
      }
    },
    staleTime: fewMinutesMs,
  });
  return query.data ?? nobody;
}
