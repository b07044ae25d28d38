import { describe, expect, it } from "vitest";
import { emptyChatState, reduceChat, type ChatAction, type ChatState } from "./chatState";
import { parseEvent } from "./liveEvents";
import type { Customer, LiveEvent, WireMessage } from "./shapes";

const ana: Customer = {
  id: "ana",
  name: "Ana",
  wa_id: "628",
  user_id: "ID.1",
  username: null,
  avatar_color: "#123456",
  last: null,
  unread: 0,
};
const business = { name: "Toko Kabar", display_phone_number: "+62", phone_number_id: "1" };

const wire = (id: string, more: Partial<WireMessage> = {}): WireMessage => ({
  id,
  from: "customer",
  type: "text",
  text: "Halo",
  at: 1000,
  status: "sent",
  context_id: null,
  ...more,
});

const event = (live: LiveEvent, watching = false): ChatAction => ({ do: "event", event: live, now: 0, watching });
const message = (incoming: WireMessage, watching = false) =>
  event({ type: "message", customer_id: "ana", message: incoming }, watching);
const status = (id: string, to: WireMessage["status"]) =>
  event({ type: "status", customer_id: "ana", message_id: id, status: to });
const sending: ChatAction = { do: "sending", customer: "ana", key: "k1", text: "Halo", at: 900 };
const sent: ChatAction = { do: "sent", customer: "ana", key: "k1", message: wire("w1") };

function after(...actions: ChatAction[]): ChatState {
  const start: ChatAction[] = [
    { do: "loaded", state: { business, customers: [ana] } },
    { do: "chat-loaded", customer: "ana", messages: [] },
  ];
  return [...start, ...actions].reduce(reduceChat, emptyChatState);
}

const chat = (state: ChatState) => state.chats.ana?.map(({ id, key, status: at }) => [id, key, at]);

describe("a message on its way", () => {
  it("shows at once and keeps its key when it is accepted", () => {
    expect(chat(after(sending))).toEqual([["k1", "k1", "pending"]]);
    expect(chat(after(sending, sent))).toEqual([["w1", "k1", "sent"]]);
  });

  it("is one bubble whether the answer or the event comes first", () => {
    expect(chat(after(sending, message(wire("w1")), sent))).toEqual([["w1", "k1", "sent"]]);
    expect(chat(after(sending, sent, message(wire("w1"))))).toEqual([["w1", "k1", "sent"]]);
  });

  it("does not step back when the answer comes after later statuses", () => {
    expect(chat(after(sending, message(wire("w1")), status("w1", "delivered"), sent))).toEqual([
      ["w1", "k1", "delivered"],
    ]);
  });

  it("pairs two equal texts one by one", () => {
    const second: ChatAction = { ...sending, key: "k2", at: 901 };
    const state = after(sending, second, message(wire("w1", { at: 1000 })), message(wire("w2", { at: 1001 })));
    expect(chat(state)).toEqual([
      ["w1", "k1", "sent"],
      ["w2", "k2", "sent"],
    ]);
  });

  it("can fail and be sent again", () => {
    const failed = after(sending, { do: "send-failed", customer: "ana", key: "k1" });
    expect(chat(failed)).toEqual([["k1", "k1", "failed"]]);
    expect(chat(reduceChat(failed, sending))).toEqual([["k1", "k1", "pending"]]);
  });

  it("survives a reload of the chat", () => {
    const state = after(sending, { do: "chat-loaded", customer: "ana", messages: [wire("w0", { at: 1 })] });
    expect(chat(state)).toEqual([
      ["w0", "w0", "sent"],
      ["k1", "k1", "pending"],
    ]);
  });
});

describe("what the business does", () => {
  const reply = wire("b1", { from: "business", text: "Apa kabar?", at: 2000 });

  it("counts as unread unless the chat is open", () => {
    expect(after(message(reply)).customers[0]).toMatchObject({ unread: 1, last: { id: "b1" } });
    expect(after(message(reply, true)).customers[0]?.unread).toBe(0);
    expect(after(message(reply), { do: "seen", customer: "ana" }).customers[0]?.unread).toBe(0);
  });

  it("ends the typing it began", () => {
    const typing = event({ type: "typing", customer_id: "ana", seconds: 25 });
    expect(after(typing).typingUntil.ana).toBe(25_000);
    expect(after(typing, message(reply)).typingUntil.ana).toBe(0);
  });

  it("keeps time order when events come out of order", () => {
    const state = after(message(wire("late", { at: 3000 })), message(wire("early", { at: 2000 })));
    expect(state.chats.ana?.map(({ id }) => id)).toEqual(["early", "late"]);
    expect(state.customers[0]?.last?.id).toBe("late");
  });

  it("moves ticks forward only, in the chat and in the list", () => {
    const state = after(message(reply), status("b1", "read"), status("b1", "delivered"));
    expect(state.chats.ana?.[0]?.status).toBe("read");
    expect(state.customers[0]?.last?.status).toBe("read");
  });
});

it("adds new customers and empties chats when the simulator begins afresh", () => {
  const budi = { ...ana, id: "budi", name: "Budi" };
  const state = after(
    message(wire("w1")),
    event({ type: "customer", customer_id: "budi", customer: budi }),
    event({ type: "customer", customer_id: "ana", customer: ana }),
  );
  expect(state.customers.map(({ id }) => id)).toEqual(["ana", "budi"]);
  expect(state.chats.ana).toEqual([]);
});

it("takes only events it knows", () => {
  expect(parseEvent('{"type":"typing","customer_id":"ana"}')).toEqual({ type: "typing", customer_id: "ana" });
  expect(parseEvent('{"type":"weather","customer_id":"ana"}')).toBeNull();
  expect(parseEvent("null")).toBeNull();
  expect(parseEvent("{")).toBeNull();
});
