/** What stands behind a message's time: one mark per state that a reader can tell apart. */
export type Tick = "queued" | "sent" | "delivered" | "read" | "failed" | "unsettled";

const tickOf: Record<string, Tick> = {
  pending: "queued",
  queued: "queued",
  sending: "queued",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
  unsettled: "unsettled",
};

/** The tick for a status on the wire; null for messages that carry none (received ones). */
export function tickFor(status: string | null): Tick | null {
  return status === null ? null : (tickOf[status] ?? null);
}

const rank: Record<Tick, number> = { queued: 0, unsettled: 1, sent: 2, failed: 3, delivered: 4, read: 5 };

/** Statuses arrive out of order; a message never looks less far than it is known to be. */
export function furtherStatus<S extends string>(known: S, incoming: S): S {
  const from = tickFor(known);
  const to = tickFor(incoming);
  if (from === null || to === null) return incoming;
  return rank[to] >= rank[from] ? incoming : known;
}
