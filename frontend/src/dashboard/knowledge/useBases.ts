import { useQuery, useQueryClient } from "@tanstack/react-query";
import { asProblem, type ApiProblem } from "../api/problem";
import { useServices } from "../services";
import type { KnowledgeBase } from "./knowledgeCalls";

const basesKey = ["knowledge-bases"] as const;

interface Bases {
  bases: KnowledgeBase[] | undefined;
  problem: ApiProblem | null;
  retry: () => void;
  again: () => Promise<void>;
}

export function useBases(): Bases {
  const { api } = useServices();
  const client = useQueryClient();
  const query = useQuery({ queryKey: basesKey, queryFn: ({ signal }) => api.knowledge.list(signal) });
  return {
    bases: query.data?.items,
    problem: query.error ? asProblem(query.error) : null,
    retry: () => void query.refetch(),
    again: () => client.invalidateQueries({ queryKey: basesKey }),
  };
}
