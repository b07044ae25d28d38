import type { Requests } from "../api/requests";
import type { Channel, ChannelPage, Connected, Connection, OwnApp, Signup } from "./channelShapes";

export interface ChannelCalls {
  list: (signal?: AbortSignal) => Promise<ChannelPage>;
  get: (id: string, signal?: AbortSignal) => Promise<Channel>;
  connectOwnApp: (app: OwnApp) => Promise<Connected>;
  connectBySignup: (signup: Signup) => Promise<Connected>;
  linkPhone: (phone: string) => Promise<Channel>;
  connection: (id: string, signal?: AbortSignal) => Promise<Connection>;
  change: (id: string, change: { name?: string; flow_id?: string }) => Promise<Channel>;
  verify: (id: string, pin: string | null) => Promise<Channel>;
  dismissWarning: (id: string) => Promise<unknown>;
  disconnect: (id: string) => Promise<unknown>;
}

export function channelCalls({ get, send }: Requests): ChannelCalls {
  const of = (id: string) => `/v1/channels/${encodeURIComponent(id)}`;
  return {
    list: (signal) => get("/v1/channels?limit=100", signal),
    get: (id, signal) => get(of(id), signal),
    connectOwnApp: (app) => send("POST", "/v1/channels/own-app", { body: app }),
    connectBySignup: (signup) => send("POST", "/v1/channels/embedded-signup", { body: signup }),
    linkPhone: (phone) => send("POST", "/v1/channels/linked-phone", { body: { phone } }),
    connection: (id, signal) => get(`${of(id)}/connection`, signal),
    change: (id, change) => send("PATCH", of(id), { body: change }),
    verify: (id, pin) => send("POST", `${of(id)}/verify`, { body: pin === null ? {} : { pin } }),
    dismissWarning: (id) => send("DELETE", `${of(id)}/warning`),
    disconnect: (id) => send("DELETE", of(id)),
  };
}
