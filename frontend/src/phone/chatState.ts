import { furtherStatus } from "../chat/ticks";
import type { Business, Customer, LiveEvent, PhoneState, Status, WireMessage } from "./shapes";

export interface PhoneMessage extends WireMessage {
  /** Stays the same when a message under way gets its real id. */
  key: string;
  /** True until the stand-in has accepted it. */
  local: boolean;
}

export interface ChatState {
  business: Business | null;
  customers: Customer[];
  /** By customer, oldest first; absent until loaded. */
  chats: Record<string, PhoneMessage[]>;
  /** By customer: until when (ms) the business is shown as typing. */
  typingUntil: Record<string, number>;
  connected: boolean;
  failedToStart: boolean;
}

export type ChatAction =
  | { do: "loaded"; state: PhoneState }
  | { do: "load-failed" }
  | { do: "connection"; connected: boolean }
  | { do: "chat-loaded"; customer: string; messages: WireMessage[] }
  | { do: "seen"; customer: string }
  | { do: "sending"; customer: string; key: string; text: string; at: number }
  | { do: "sent"; customer: string; key: string; message: WireMessage }
  | { do: "send-failed"; customer: string; key: string }
  | { do: "event"; event: LiveEvent; now: number; watching: boolean };

export const emptyChatState: ChatState = {
  business: null,
  customers: [],
  chats: {},
  typingUntil: {},
  connected: false,
  failedToStart: false,
};

const typingSeconds = 25;

function fromWire(message: WireMessage, key = message.id): PhoneMessage {
  return { ...message, key, local: false };
}

function byTime(messages: PhoneMessage[]): PhoneMessage[] {
  return messages.sort((a, b) => a.at - b.at);
}

function advanced(known: PhoneMessage, incoming: WireMessage): PhoneMessage {
  return { ...fromWire(incoming, known.key), status: furtherStatus(known.status, incoming.status) };
}

/** Add or update one message. One's own text coming back takes the place of the one under way. */
export function withMessage(messages: readonly PhoneMessage[], incoming: WireMessage): PhoneMessage[] {
  const known = messages.findIndex(({ id }) => id === incoming.id);
  if (known !== -1) return messages.map((each, index) => (index === known ? advanced(each, incoming) : each));
  const underWay =
    incoming.from === "customer"
      ? messages.findIndex(({ local, status, text }) => local && status === "pending" && text === incoming.text)
      : -1;
  if (underWay !== -1) {
    return byTime(messages.map((each, index) => (index === underWay ? fromWire(incoming, each.key) : each)));
  }
  return byTime([...messages, fromWire(incoming)]);
}

/** The answer to a send: its message may already have come by the event stream. */
export function withAnswer(messages: readonly PhoneMessage[], key: string, answer: WireMessage): PhoneMessage[] {
  if (messages.some(({ id }) => id === answer.id)) {
    return withMessage(
      messages.filter((each) => each.id === answer.id || each.key !== key),
      answer,
    );
  }
  if (messages.some((each) => each.key === key)) {
    return byTime(messages.map((each) => (each.key === key ? fromWire(answer, key) : each)));
  }
  return withMessage(messages, answer);
}

function withStatus(messages: readonly PhoneMessage[], id: string, status: Status): PhoneMessage[] {
  return messages.map((each) => (each.id === id ? { ...each, status: furtherStatus(each.status, status) } : each));
}

function changeChat(state: ChatState, customer: string, change: (messages: PhoneMessage[]) => PhoneMessage[]): ChatState {
  const messages = state.chats[customer];
  if (messages === undefined) return state;
  return { ...state, chats: { ...state.chats, [customer]: change(messages) } };
}

function changeCustomer(state: ChatState, id: string, change: (customer: Customer) => Customer): ChatState {
  return { ...state, customers: state.customers.map((each) => (each.id === id ? change(each) : each)) };
}

function withLast(state: ChatState, customer: string, last: WireMessage): ChatState {
  return changeCustomer(state, customer, (each) =>
    each.last === null || each.last.at <= last.at ? { ...each, last } : each,
  );
}

function onEvent(state: ChatState, event: LiveEvent, now: number, watching: boolean): ChatState {
  const id = event.customer_id;
  switch (event.type) {
    case "message": {
      const { message } = event;
      const fresh = changeChat(withLast(state, id, message), id, (messages) => withMessage(messages, message));
      if (message.from === "customer") return fresh;
      const counted = watching ? fresh : changeCustomer(fresh, id, (each) => ({ ...each, unread: each.unread + 1 }));
      return { ...counted, typingUntil: { ...counted.typingUntil, [id]: 0 } };
    }
    case "status": {
      const moved = changeChat(state, id, (messages) => withStatus(messages, event.message_id, event.status));
      return changeCustomer(moved, id, (each) =>
        each.last?.id === event.message_id
          ? { ...each, last: { ...each.last, status: furtherStatus(each.last.status, event.status) } }
          : each,
      );
    }
    case "typing":
      return {
        ...state,
        typingUntil: { ...state.typingUntil, [id]: now + (event.seconds ?? typingSeconds) * 1000 },
      };
    case "customer": {
      const { customer } = event;
      const known = state.customers.some((each) => each.id === customer.id);
      const next = known
        ? changeCustomer(state, customer.id, () => customer)
        : { ...state, customers: [...state.customers, customer] };
      // A customer without a last message has an empty chat: the simulator began afresh.
      return customer.last === null ? changeChat(next, customer.id, () => []) : next;
    }
  }
}

export function reduceChat(state: ChatState, action: ChatAction): ChatState {
  switch (action.do) {
    case "loaded":
      return { ...state, ...action.state, failedToStart: false };
    case "load-failed":
      return { ...state, failedToStart: state.business === null };
    case "connection":
      return { ...state, connected: action.connected };
    case "chat-loaded": {
      const unsent = (state.chats[action.customer] ?? []).filter(({ local }) => local);
      const loaded = action.messages.map((message) => fromWire(message));
      const earlier = new Map((state.chats[action.customer] ?? []).map((each) => [each.id, each]));
      const messages = loaded.map((each) => {
        const known = earlier.get(each.id);
        return known ? advanced(known, each) : each;
      });
      return { ...state, chats: { ...state.chats, [action.customer]: byTime([...messages, ...unsent]) } };
    }
    case "seen":
      return changeCustomer(state, action.customer, (each) => (each.unread === 0 ? each : { ...each, unread: 0 }));
    case "sending": {
      const { key, text, at, customer } = action;
      const message: PhoneMessage = {
        id: key,
        key,
        from: "customer",
        type: "text",
        text,
        at,
        status: "pending",
        context_id: null,
        local: true,
      };
      const chats = state.chats[customer] === undefined ? { ...state, chats: { ...state.chats, [customer]: [] } } : state;
      const added = changeChat(chats, customer, (messages) => [...messages.filter((each) => each.key !== key), message]);
      return withLast(added, customer, message);
    }
    case "sent":
      return withLast(
        changeChat(state, action.customer, (messages) => withAnswer(messages, action.key, action.message)),
        action.customer,
        action.message,
      );
    case "send-failed":
      return changeChat(state, action.customer, (messages) =>
        messages.map((each) => (each.key === action.key && each.local ? { ...each, status: "failed" } : each)),
      );
    case "event":
      return onEvent(state, action.event, action.now, action.watching);
  }
}
