import { useCallback, useEffect, useReducer, useRef } from "react";
import { emptyChatState, reduceChat, type ChatState } from "./chatState";
import { listen } from "./liveEvents";
import { phoneApi } from "./phoneApi";
import type { Gesture } from "./shapes";

export interface Phone {
  state: ChatState;
  reload: () => void;
  send: (customer: string, text: string, key?: string) => void;
  act: (customer: string, gesture: Gesture) => void;
  createCustomer: (name: string, hideNumber: boolean) => Promise<string>;
}

/** `watched` is the customer whose chat lies open, or null when none does. */
export function usePhone(watched: string | null): Phone {
  const [state, dispatch] = useReducer(reduceChat, emptyChatState);
  const watching = useRef<string | null>(watched);
  const counter = useRef(0);

  const loadChat = useCallback((customer: string) => {
    phoneApi.messages(customer).then(
      (messages) => dispatch({ do: "chat-loaded", customer, messages }),
      () => undefined, // the header says that the connection is lost, and its return loads again
    );
  }, []);

  const markSeen = useCallback((customer: string) => {
    if (document.visibilityState !== "visible") return;
    dispatch({ do: "seen", customer });
    phoneApi.seen(customer).catch(() => undefined); // the next message or focus says it again
  }, []);

  const reload = useCallback(() => {
    phoneApi.state().then(
      (loaded) => dispatch({ do: "loaded", state: loaded }),
      () => dispatch({ do: "load-failed" }),
    );
    if (watching.current !== null) loadChat(watching.current);
  }, [loadChat]);

  useEffect(() => {
    watching.current = watched;
    if (watched === null) return;
    loadChat(watched);
    markSeen(watched);
    const onVisible = () => markSeen(watched);
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [loadChat, markSeen, watched]);

  useEffect(() => {
    reload();
    return listen({
      onOpen: () => {
        dispatch({ do: "connection", connected: true });
        reload(); // what happened during the break was not told
      },
      onLost: () => dispatch({ do: "connection", connected: false }),
      onEvent: (event) => {
        const open = event.customer_id === watching.current && document.visibilityState === "visible";
        dispatch({ do: "event", event, now: Date.now(), watching: open });
        if (open && event.type === "message" && event.message.from === "business") markSeen(event.customer_id);
      },
    });
  }, [markSeen, reload]);

  const send = useCallback((customer: string, text: string, earlierKey?: string) => {
    counter.current += 1;
    const key = earlierKey ?? `local-${Date.now()}-${counter.current}`;
    dispatch({ do: "sending", customer, key, text, at: Date.now() });
    phoneApi.send(customer, text).then(
      (message) => dispatch({ do: "sent", customer, key, message }),
      () => dispatch({ do: "send-failed", customer, key }),
    );
  }, []);

  const act = useCallback((customer: string, gesture: Gesture) => {
    phoneApi.act(customer, gesture).then(
      (message) => dispatch({ do: "sent", customer, key: message.id, message }),
      () => dispatch({ do: "connection", connected: false }), // the header says so until the stream is back
    );
  }, []);

  const createCustomer = useCallback(async (name: string, hideNumber: boolean) => {
    const customer = await phoneApi.createCustomer(name, hideNumber);
    dispatch({
      do: "event",
      event: { type: "customer", customer_id: customer.id, customer },
      now: Date.now(),
      watching: false,
    });
    return customer.id;
  }, []);

  return { state, reload, send, act, createCustomer };
}
