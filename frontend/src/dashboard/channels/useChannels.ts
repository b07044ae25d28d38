import { useQuery } from "@tanstack/react-query";
import { useServices } from "../services";
import { channelsKey } from "./channelsKey";

/** The workspace's numbers, read again every so many milliseconds where that is asked for. */
export function useChannels({ everyMs, enabled = true }: { everyMs?: number; enabled?: boolean } = {}) {
  const { api } = useServices();
  return useQuery({
    queryKey: [...channelsKey, "list"],
    queryFn: ({ signal }) => api.channels.list(signal),
    refetchInterval: everyMs ?? false,
    enabled,
  });
}
