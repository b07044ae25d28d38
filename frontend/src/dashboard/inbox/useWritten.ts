import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { LiveList } from "../api/liveList";
import type { Message } from "../api/shapes";
import type { Pending } from "./pending";

interface Written {
  written: readonly Pending[];
  /** Remembers what was just written; answers how to take it back. */
  add: (text: string) => () => void;
}

/** What this person wrote in a conversation since it was opened. */
export function useWritten(conversationId: string): Written {
  const client = useQueryClient();
  const [written, setWritten] = useState<readonly Pending[]>([]);
  const add = useCallback(
    (text: string) => {
      const newest = client.getQueryData<LiveList<Message>>(["messages", conversationId])?.items[0];
      const one: Pending = { id: crypto.randomUUID(), text, at: Date.now(), after: newest?.id ?? null };
      setWritten((known) => [...known, one]);
      return () => setWritten((known) => known.filter(({ id }) => id !== one.id));
    },
    [client, conversationId],
  );
  return { written, add };
}
