import type { LiveEvent } from "./shapes";

const reconnectAfterMs = 1500;
const kinds = new Set(["message", "status", "typing", "customer"]);

export function parseEvent(data: string): LiveEvent | null {
  try {
    const event = JSON.parse(data) as Partial<LiveEvent> | null;
    if (typeof event?.customer_id !== "string" || !kinds.has(event.type ?? "")) return null;
    return event as LiveEvent;
  } catch {
    return null;
  }
}

/** Listens until stopped; comes back by itself after every break and then calls `onOpen` again. */
export function listen(handlers: {
  onOpen: () => void;
  onLost: () => void;
  onEvent: (event: LiveEvent) => void;
}): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource("/phone/api/events");
    source.onopen = handlers.onOpen;
    source.onmessage = (message: MessageEvent<string>) => {
      const event = parseEvent(message.data);
      if (event !== null) handlers.onEvent(event);
    };
    source.onerror = () => {
      handlers.onLost();
      // A refused connection is not retried by the browser; a broken one is, but not by all of them.
      source.close();
      clearTimeout(timer);
      timer = setTimeout(connect, reconnectAfterMs);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
