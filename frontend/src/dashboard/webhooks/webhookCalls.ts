import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";

export interface Webhook {
  id: string;
  url: string;
  types: string[];
  description: string;
  /** "disabled" is ours, after it had failed for long; "paused" a person's. */
  state: "active" | "paused" | "disabled";
  reason: string | null;
  failing_since: number | null;
  revision: number;
  created_at: number;
}

export interface WebhookDelivery {
  id: string;
  notice_id: string;
  type: string;
  state: "pending" | "delivered" | "failed";
  reason: string | null;
  created_at: number;
  next_at: number | null;
  attempts: { at: number; took: number; status: number | null; answer: string }[];
}

export interface WebhookForm {
  url: string;
  types: string[];
  description: string;
}

export interface WebhookCalls {
  list: (signal?: AbortSignal) => Promise<{ items: Webhook[] }>;
  create: (form: WebhookForm) => Promise<Webhook & { secret: string }>;
  change: (webhook: Webhook, change: Partial<WebhookForm> & { active?: boolean }) => Promise<Webhook>;
  remove: (id: string) => Promise<unknown>;
  newSecret: (id: string) => Promise<Webhook & { secret: string }>;
  ping: (id: string) => Promise<WebhookDelivery>;
  deliveries: (id: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<WebhookDelivery>>;
  delivery: (id: string, delivery: string, signal?: AbortSignal) => Promise<WebhookDelivery & { body: string }>;
  replay: (id: string, delivery: string) => Promise<WebhookDelivery>;
  replayFailed: (id: string, since: number) => Promise<{ replayed: number; more: boolean }>;
}

/** What a webhook can be told, in the order of a message's life. */
export const noticeTypes = [
  "message.received",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.failed",
  "flow.event",
  "template.changed",
  "template.deleted",
  "channel.changed",
] as const;

export function webhookCalls({ get, page, send }: Requests): WebhookCalls {
  const of = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;
  const delivery = (id: string, one: string) => `${of(id)}/deliveries/${encodeURIComponent(one)}`;
  return {
    list: (signal) => get("/v1/webhooks", signal),
    create: (form) => send("POST", "/v1/webhooks", { body: form }),
    change: (webhook, change) => send("PATCH", of(webhook.id), { body: change, ifMatch: `"${webhook.revision}"` }),
    remove: (id) => send("DELETE", of(id)),
    newSecret: (id) => send("POST", `${of(id)}/secret`),
    ping: (id) => send("POST", `${of(id)}/ping`),
    deliveries: (id, cursor, signal) => page(`${of(id)}/deliveries`, cursor, signal),
    delivery: (id, one, signal) => get(delivery(id, one), signal),
    replay: (id, one) => send("POST", `${delivery(id, one)}/replay`),
    replayFailed: (id, since) => send("POST", `${of(id)}/replay`, { body: { since } }),
  };
}
