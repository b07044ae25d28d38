import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useServices } from "../services";
import type { Ordering } from "./liveList";
import type { Conversation, InspectionEntry, Message } from "./shapes";
import { pollEveryMs, useLiveList, type LiveListView } from "./useLiveList";

const conversationOrder: Ordering<Conversation> = { id: (item) => item.id, place: (item) => item.last_at };
/** By number, not by time: WhatsApp stamps whole seconds, Kabar milliseconds. */
const messageOrder: Ordering<Message> = { id: (item) => item.id, place: (item) => Number(item.id) };
const inspectionOrder: Ordering<InspectionEntry> = { id: (item) => item.id, place: (item) => item.at };

const conversationsKey = ["conversations"] as const;
const inspectionKey = ["inspection"] as const;
const inspectionEveryMs = 5000;

/** All of them, or those that a team has. */
export function useConversations(team: string | null = null): LiveListView<Conversation> {
  const { api } = useServices();
  const key = useMemo(() => [...conversationsKey, team], [team]);
  const fetchPage = useCallback((cursor: string | null, signal?: AbortSignal) => api.conversations(team, cursor, signal), [api, team]);
  return useLiveList({ key, fetchPage, ordering: conversationOrder });
}

/** One that the list does not hold (yet): an old one that somebody linked to. */
export function useOneConversation(id: string | undefined): Conversation | undefined {
  const { api } = useServices();
  const query = useQuery({
    queryKey: ["conversation", id],
    queryFn: ({ signal }) => api.conversation(id ?? "", signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.error ? false : pollEveryMs * 5),
  });
  return id === undefined ? undefined : query.data;
}

/** What somebody did shows in the conversation when its lane has taken it: look soon, and once more. */
export function useLookAgain(conversation: string): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    for (const afterMs of [400, 1200]) {
      setTimeout(() => {
        for (const queryKey of [conversationsKey, ["conversation", conversation], ["messages", conversation]]) {
          void client.invalidateQueries({ queryKey });
        }
      }, afterMs);
    }
  }, [client, conversation]);
}

export function useMessages(conversation: string): LiveListView<Message> {
  const { api } = useServices();
  const key = useMemo(() => ["messages", conversation], [conversation]);
  const fetchPage = useCallback(
    (cursor: string | null, signal?: AbortSignal) => api.messages(conversation, cursor, signal),
    [api, conversation],
  );
  return useLiveList({ key, fetchPage, ordering: messageOrder });
}

export function useInspection(): LiveListView<InspectionEntry> {
  const { api } = useServices();
  return useLiveList({
    key: inspectionKey,
    fetchPage: api.inspection,
    ordering: inspectionOrder,
    everyMs: inspectionEveryMs,
  });
}
