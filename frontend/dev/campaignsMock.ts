/** Campaigns, in memory: one of each state; one that runs moves on as it is looked at. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Campaign, CostLine, Recipient, Report } from "../src/dashboard/campaigns/campaignShapes.ts";
import { page, readJson, refuse, send } from "./answers.ts";

const hour = 3_600_000;
const people = 2000;
const perSecond = 19.8;

function campaign(id: string, name: string, status: Campaign["status"], at: number, more: Partial<Campaign> = {}): Campaign {
  return {
    id,
    name,
    status,
    reason: null,
    channel_id: "20030040",
    message: { type: "template", template: { name: "pesanan_dikemas", language: { code: "id" } } },
    variables: {},
    audience: { everybody: false, segment_ids: [], tags: ["Pelanggan"], contact_ids: [], upload_id: null, phone_column: null, country: "ID", exclude: { segment_ids: [], tags: [], contact_ids: [], campaign_ids: [] } },
    frequency_cap: null,
    quiet_hours: { begin: "21:00", end: "08:00" },
    time_zone: "Asia/Jakarta",
    weight: 1,
    people,
    starts_at: null,
    revision: 1,
    created_at: at,
    created_by: "demo@kabar.test",
    updated_at: at,
    started_at: at,
    finished_at: null,
    ...more,
  };
}

export class Campaigns {
  campaigns: Campaign[];

  constructor(now: number, empty: boolean) {
    this.campaigns = empty
      ? []
      : [
          campaign("run", "Panen raya", "running", now - 30_000, { people: 24_000 }),
          campaign("held", "Undangan pembukaan toko", "paused", now - 3 * hour, { reason: { code: "template", words: "The template opening is PAUSED at WhatsApp.", values: { template: "opening", status: "PAUSED" } } }),
          campaign("plan", "Promo akhir pekan", "scheduled", now - 4 * hour, { people: null, started_at: null, starts_at: "2026-12-01T09:00" }),
          campaign("done", "Koleksi November", "finished", now - 30 * hour, { finished_at: now - 29 * hour }),
          campaign("long", "Promo Lebaran: pembukaan kembali toko pusat dan keberlanjutan program pelanggan setia se-Jabodetabek 2026", "finished", now - 60 * hour, { finished_at: now - 57 * hour, people: 1_284_600, message: { type: "template", template: { name: "pemberitahuan_pembukaan_kembali_toko_pusat_v2", language: { code: "id" } } } }),
          campaign("stopped", "Flash sale", "cancelled", now - 90 * hour, { finished_at: now - 89 * hour }),
          campaign("prep", "Undangan anggota", "preparing", now - 1000, { people: null }),
          campaign("draft", "Belum jadi", "draft", now - 40 * hour, { people: null, started_at: null, reason: { code: "audience_file_gone", words: "The file with the audience is not there any more.", values: {} } }),
        ];
  }
}

function reportOf(one: Campaign): Report {
  const begun = one.started_at ?? Date.now();
  const all = one.people ?? 0;
  const sentBefore: Partial<Record<Campaign["status"], number>> = { finished: all, paused: 812, cancelled: 640, scheduled: 0, preparing: 0, draft: 0 };
  const done = sentBefore[one.status] ?? Math.min(all, Math.floor(((Date.now() - begun) / 1000) * perSecond));
  const [failed, skipped] = [Math.floor(done * 0.012), Math.floor(done * 0.02)];
  const reached = done - failed - skipped;
  const [delivered, read, replied] = [Math.floor(reached * 0.94), Math.floor(reached * 0.61), Math.floor(reached * 0.08)];
  const outcomes = { queued: one.status === "cancelled" ? 0 : all - done, sent: reached - delivered, delivered: delivered - read, read: read - replied, replied, failed, skipped, cancelled: one.status === "cancelled" ? all - done : 0 };
  return {
    campaign: one,
    people: all,
    outcomes,
    funnel: { sent: reached, delivered, read, replied },
    failures: failed === 0 ? [] : reasonsOf(failed),
    skips: skipped === 0 ? [] : [{ class: "opted_out", words: "They opted out of promotions.", count: skipped, retryable: false }],
    opted_out: Math.floor(reached * 0.004),
    waiting: outcomes.queued > 100 ? 12 : 0,
    in_flight: 0,
    next_try_at: outcomes.queued > 100 ? Date.now() + 6 * hour : null,
    per_second: one.status === "running" ? perSecond : 0,
    seconds_left: one.status === "running" ? Math.ceil((all - done) / perSecond) : null,
    tier: { limit: 10_000, left: Math.max(0, 10_000 - done) },
    cost: costOf(reached),
  };
}

function reasonsOf(failed: number): Report["failures"] {
  const third = Math.floor(failed / 3);
  const ninth = Math.floor(failed / 9);
  return [
    { class: "undeliverable", words: "WhatsApp could not deliver it: the number has no WhatsApp, or has blocked you.", count: failed - third - 2 * ninth, retryable: false },
    { class: "frequency_capped", words: "WhatsApp held it back: this person gets too many promotions.", count: third, retryable: true },
    { class: "no_word", words: "WhatsApp never said whether it took the message.", count: ninth, retryable: true },
    { class: "refused", words: "WhatsApp refused the message.", count: ninth, retryable: true },
  ].filter(({ count }) => count > 0);
}

function costOf(reached: number): Report["cost"] {
  const abroad = Math.floor(reached / 9);
  const home = reached - 2 * abroad;
  const lines: CostLine[] = [
    { category: "marketing", country: "ID", messages: home, price: 586.33, amount: home * 586.33 },
    { category: "marketing", country: "MY", messages: abroad, price: 1239.5, amount: abroad * 1239.5 },
    { category: "marketing", country: "SG", messages: abroad, price: null, amount: null },
  ];
  const known = lines.filter(({ messages }) => messages > 0);
  return { billable: { marketing: reached }, free: 0, amount: home * 586.33 + abroad * 1239.5, currency: "IDR", unpriced: abroad > 0 ? ["marketing"] : [], lines: known };
}

function recipients(): Recipient[] {
  const outcomes = ["read", "replied", "delivered", "sent", "failed", "skipped", "queued"] as const;
  return Array.from({ length: 60 }, (_, number) => {
    const outcome = outcomes[number % outcomes.length] ?? "sent";
    const reason = outcome === "failed" ? "WhatsApp could not deliver it (131026)." : outcome === "skipped" ? "They opted out of promotions." : null;
    return {
      id: `0-${number}`, contact_id: null, name: number === 1 ? "Raden Ajeng Kartiningsih Prawirodirdjo Kusumaningrat" : number % 9 === 8 ? null : `Pelanggan ${number + 1}`, phone: `+62812000${10_000 + number}`, outcome, class: outcome === "failed" ? "undeliverable" : outcome === "skipped" ? "opted_out" : null, reason: outcome === "failed" ? reason : null, tries: 1,
      conversation_id: number % 2 ? `whatsapp.c${number}` : null, wamid: null, values: {}, sent_at: outcome === "queued" ? null : Date.now() - number * 50, updated_at: 1,
    };
  });
}

export async function answerCampaigns(store: Campaigns, request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
  const [, , kind, id, more] = url.pathname.split("/").map(decodeURIComponent);
  if (kind === "rate-card") {
    send(response, 200, { revision: 1, currency: "IDR", marketing: 586.33, utility: 356.65, authentication: null, service: null, countries: { MY: { marketing: 1239.5, utility: null, authentication: null, service: null } } });
    return true;
  }
  if (kind === "campaign-comparison") {
    const ids = (url.searchParams.get("ids") ?? "").split(",");
    const found = store.campaigns.filter((each) => ids.includes(each.id)).map(reportOf);
    send(response, 200, { items: found.map(({ campaign: one, people: size, outcomes, funnel, opted_out: out, cost }) => ({ campaign: one, people: size, outcomes, funnel, opted_out: out, cost })) });
    return true;
  }
  if (kind === "campaign-uploads") {
    send(response, 200, {
      id: "u1", file_name: "pelanggan.csv", status: "ready", reason: null, columns: ["phone", "nama"], rows: [["+62812", "Ana"], ["+62813", "Budi"]], phone_column: "phone", total: 1200,
      upload: { url: "/mock-upload/people", fields: {} },
    });
    return true;
  }
  if (kind !== "campaigns") return false;
  const one = store.campaigns.find((each) => each.id === id);
  if (id === undefined && request.method === "POST") {
    const made = { ...campaign(`new${store.campaigns.length}`, "", "draft", Date.now(), { people: null, started_at: null }), ...(await readJson(request)) };
    store.campaigns.unshift(made);
    send(response, 201, made);
  } else if (id === undefined) send(response, 200, page(store.campaigns, url));
  else if (!one) refuse(response, 404, "campaign-not-found");
  else if (request.method === "PATCH") send(response, 200, Object.assign(one, await readJson(request), { revision: one.revision + 1 }));
  else if (more === "report") send(response, 200, reportOf(one));
  else if (more === "recipients") send(response, 200, page(recipients().filter(({ outcome }) => ["", outcome].includes(url.searchParams.get("outcome") ?? "")), url));
  else if (more === "estimate") send(response, 200, { people: 1200, exact: true, per_second: 20, minutes: 150, days: 2, tier: { limit: 2000, left: 1500 }, cost: { category: "marketing", price: null, ...costOf(1200) }, warnings: [{ code: "spread", words: "" }] });
  else if (more === "preview") send(response, 200, { items: [{ contact_id: "c", name: "Ana", phone: "+62812", class: null, reason: null, message: one.message }] });
  else if (more === "exports") send(response, 200, { id: "e1", status: request.method === "POST" ? "running" : "done", done: people, total: people, url: "/favicon.svg" });
  else if (more === "start") send(response, 200, Object.assign(one, { status: "running", started_at: Date.now(), people }));
  else if (more === "pause") send(response, 200, Object.assign(one, { status: "paused", reason: null }));
  else if (more === "resume") send(response, 200, Object.assign(one, { status: "running", reason: null }));
  else if (more === "cancel") send(response, 200, Object.assign(one, { status: "cancelled" }));
  else send(response, 200, one);
  return true;
}
