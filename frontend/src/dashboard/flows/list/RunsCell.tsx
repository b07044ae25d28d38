import { useQuery } from "@tanstack/react-query";
import { useWords } from "../../../words/useWords";
import { useServices } from "../../services";
import { activityKey } from "../flowsKey";

/** How often the flow was begun, asked row by row so that the list need not wait for it. */
export function RunsCell({ flow }: { flow: string }) {
  const { language } = useWords();
  const { api } = useServices();
  const runs = useQuery({
    queryKey: activityKey(flow),
    queryFn: ({ signal }) => api.flows.activity(flow, signal),
    staleTime: 60_000,
    select: ({ runs }) => runs,
  });
  return runs.data === undefined ? "–" : runs.data.toLocaleString(language);
}
