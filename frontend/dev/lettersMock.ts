/** Dead letters and what becomes of them, for `npm run dev:mock`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Letter, LetterJob, LetterOrder } from "../src/dashboard/letters/letterCalls.ts";
import { page, readJson, refuse, send } from "./answers.ts";

const minute = 60_000;

type Kept = Letter & { body: string };

function letter(place: number, now: number, more: Partial<Kept>): Kept {
  const at = now - place * 37 * minute;
  return {
    id: `${String(at).padStart(13, "0")}-m${place}`, queue: "outbound", sent_at: at, filed_at: at, receives: 5, cause: "raised", error: null, reason: null,
    channel: "whatsapp", contact: `c${place % 7}`, campaign: null, in_hand: false,
    body: JSON.stringify({ v: 1, tenant: "w", channel: "whatsapp", contact: `c${place % 7}`, effects: [{ kind: "send", seq: 4, message: { type: "text", text: { body: "Pesanan Anda sudah dikirim." } } }] }),
    ...more,
  };
}

const kinds: Partial<Kept>[] = [
  { cause: "refused", receives: 0, reason: "More than 24 hours since the person's last message (131047)" },
  { queue: "inbound", error: "AccessDenied", reason: "AWS refused SendMessageBatch" },
  { queue: "inbound", cause: "behind" },
  { queue: "campaign_chunks", cause: "waited", receives: 50, reason: "The number is held: its token is dead", contact: null, campaign: "k1" },
  { queue: "knowledge_jobs", cause: "silent", channel: null, contact: null },
  { queue: "timers", cause: "undelivered", error: "AWS.SimpleQueueService.NonExistentQueue", receives: 0 },
  { queue: "webhook_deliveries", error: "NoticeNotFoundError", reason: "There is no such notice.", channel: null, contact: null },
];

export class Letters {
  letters: Kept[];
  jobs: LetterJob[] = [];
  /** By job. */
  private readonly left = new Map<string, string[]>();

  constructor(now: number, empty: boolean) {
    this.letters = empty ? [] : Array.from({ length: 64 }, (_, place) => letter(place, now, kinds[place % kinds.length] ?? {}));
  }

  fitting(queue: string | null | undefined, cause: string | null | undefined): Kept[] {
    return this.letters.filter((one) => (!queue || one.queue === queue) && (!cause || one.cause === cause));
  }

  order(kind: LetterJob["kind"], order: LetterOrder): LetterJob {
    const ids = order.ids ?? this.fitting(order.selection?.queue, order.selection?.cause).map(({ id }) => id);
    const now = Date.now();
    const job: LetterJob = { id: `j${now}`, kind, state: "running", per_second: order.per_second, total: ids.length, done: 0, skipped: 0, created_at: now, finished_at: null };
    this.jobs.unshift(job);
    this.left.set(job.id, ids.toSorted());
    return job;
  }

  /** As far as each order is by now. */
  goOn(): void {
    for (const job of this.jobs) {
      const left = this.left.get(job.id) ?? [];
      const due = Math.floor(((Date.now() - job.created_at) / 1000) * job.per_second) - job.done;
      if (job.state !== "running" || due <= 0) continue;
      const gone = new Set(left.splice(0, due));
      this.letters = this.letters.filter(({ id }) => !gone.has(id));
      job.done += gone.size;
      if (left.length === 0) job.state = "done";
    }
  }
}

export async function answerLetters(store: Letters, request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
  const [, , kind, id, more] = url.pathname.split("/").map(decodeURIComponent);
  if (kind !== "dead-letters" && kind !== "dead-letter-jobs") return false;
  store.goOn();
  if (kind === "dead-letter-jobs") {
    const job = store.jobs.find((one) => one.id === id);
    if (job && more === "stop") job.state = "stopped";
    send(response, 200, job ?? { items: store.jobs });
  } else if (request.method === "POST") {
    send(response, 202, store.order(id as LetterJob["kind"], (await readJson(request)) as unknown as LetterOrder));
  } else if (id !== undefined) {
    const found = store.letters.find((one) => one.id === id);
    if (found) send(response, 200, found);
    else refuse(response, 404, "dead-letter-not-found");
  } else {
    send(response, 200, page(store.fitting(url.searchParams.get("queue"), url.searchParams.get("cause")), url));
  }
  return true;
}
