import type { Requests } from "../api/requests";

/** What people do in a conversation; each is taken at once and shows in the conversation a moment later. */
export interface ReplyCalls {
  takeOver: (conversation: string) => Promise<unknown>;
  /** To a colleague or a team, by id. */
  give: (conversation: string, to: { person: string } | { team: string }) => Promise<unknown>;
  handBack: (conversation: string) => Promise<unknown>;
  /** Whoever writes takes over. `message` is in WhatsApp's own shape. */
  write: (conversation: string, message: object) => Promise<unknown>;
}

export function replyCalls({ send }: Requests): ReplyCalls {
  const at = (conversation: string) => `/v1/conversations/${encodeURIComponent(conversation)}`;
  return {
    takeOver: (conversation) => send("POST", `${at(conversation)}/takeover`, { body: {} }),
    give: (conversation, to) => send("POST", `${at(conversation)}/takeover`, { body: to }),
    handBack: (conversation) => send("POST", `${at(conversation)}/hand-back`),
    write: (conversation, message) => send("POST", `${at(conversation)}/messages`, { body: { message } }),
  };
}
