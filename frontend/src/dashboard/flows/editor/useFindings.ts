import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useServices } from "../../services";
import type { Finding } from "../flowShapes";
import type { StoredFlow } from "../model/storedFlow";

const restMs = 900;

export interface Findings {
  /** Null until the first check has answered. */
  all: readonly Finding[] | null;
  byNode: ReadonlyMap<string, readonly Finding[]>;
  /** What is shown is of an earlier state. */
  old: boolean;
}

const none: ReadonlyMap<string, readonly Finding[]> = new Map();

/** Where a canvas only moved things there is nothing to check again. */
function meaning(flow: StoredFlow): string {
  const { canvas: _canvas, nodes, ...rest } = flow;
  return JSON.stringify({ ...rest, nodes: nodes.map(({ id, type, data }) => [id, type, data]) });
}

export function useFindings(id: string, flow: StoredFlow): Findings {
  const { api } = useServices();
  const [settled, setSettled] = useState(flow);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(flow), restMs);
    return () => clearTimeout(timer);
  }, [flow]);
  const key = useMemo(() => meaning(settled), [settled]);
  const check = useQuery({
    queryKey: ["flow-check", id, key],
    queryFn: () => api.flows.check(id, settled),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const all = check.data?.findings ?? null;
  const byNode = useMemo(() => {
    if (all === null || all.length === 0) return none;
    const found = new Map<string, Finding[]>();
    for (const finding of all) {
      if (finding.node_id !== null) found.set(finding.node_id, [...(found.get(finding.node_id) ?? []), finding]);
    }
    return found;
  }, [all]);
  return { all, byNode, old: settled !== flow || check.isFetching };
}
