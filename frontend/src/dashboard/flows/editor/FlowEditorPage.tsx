import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { flowParameter } from "../../paths";
import { useServices } from "../../services";
import { FlowEditor } from "./FlowEditor";

export function FlowEditorPage() {
  const { words } = useWords();
  const { api } = useServices();
  const [parameters] = useSearchParams();
  const id = parameters.get(flowParameter) ?? "";
  // Counted up to open the stored draft anew, over what is on the canvas.
  const [opening, setOpening] = useState(0);
  const flow = useQuery({
    queryKey: ["flow", id, opening],
    queryFn: ({ signal }) => api.flows.get(id, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (flow.data === undefined) {
    if (flow.error) return <ProblemNotice problem={asProblem(flow.error)} onRetry={() => void flow.refetch()} />;
    return <SkeletonRows rows={6} label={words.common.loading} />;
  }
  return (
    <ReactFlowProvider>
      <FlowEditor key={`${id} ${opening}`} opened={flow.data} onReopen={() => setOpening(opening + 1)} />
    </ReactFlowProvider>
  );
}
