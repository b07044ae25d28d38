/** Numbers and their templates, in memory. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Channel } from "../src/dashboard/channels/channelShapes.ts";
import type { Component, Template, TemplateDraft } from "../src/dashboard/templates/templateShapes.ts";
import { page, readJson, refuse, send } from "./answers.ts";

const hour = 3_600_000;
const wabaId = "100200300400500";

function channel(id: string, name: string, now: number, more: Partial<Channel> = {}): Channel {
  return {
    id,
    kind: "platform",
    state: "connected",
    reason: "",
    display_phone_number: `+62 812-${id.slice(0, 4)}-${id.slice(4, 8)}`,
    name,
    waba_id: wabaId,
    app_id: "700700700",
    coexistence: false,
    flow_id: "apa-kabar",
    health: { quality: "GREEN", messaging_limit: "TIER_2K", throughput: "STANDARD", name_status: "APPROVED", username: "tokokabar", username_status: "APPROVED", history: "", per_second: 80 },
    warning: "",
    warned_at: null,
    webhook_url: null,
    created_at: now - 90 * 24 * hour,
    updated_at: now,
    ...more,
  };
}

function template(name: string, status: string, now: number, components: Component[], more: Partial<Template> = {}): Template {
  const language = more.language ?? "id";
  return {
    id: `${wabaId}.${name}.${language}`,
    waba_id: wabaId,
    name,
    language,
    category: "UTILITY",
    status,
    parameter_format: "POSITIONAL",
    components,
    message_send_ttl_seconds: null,
    quality: status === "APPROVED" ? "GREEN" : "",
    reason: "",
    details: "",
    becomes: "",
    changes_at: null,
    editable: status !== "PENDING",
    next_edit_at: null,
    wants: { header: null, header_names: [], body: ["1", "2"], named: false, buttons: [{ index: 1, kind: "url", text: "Lacak", needed: true }], offer: false, cards: [] },
    created_at: now,
    updated_at: now,
    ...more,
  };
}

const order: Component[] = [
  { type: "HEADER", format: "TEXT", text: "Pesanan {{1}}", example: { header_text: ["KBR-20931"] } },
  { type: "BODY", text: "Halo *{{1}}*, pesanan Anda senilai {{2}} sedang dikemas. Kami kabari lagi saat dikirim.", example: { body_text: [["Ana", "Rp 125.000"]] } },
  { type: "FOOTER", text: "Toko Kabar, Bandung" },
  {
    type: "BUTTONS",
    buttons: [
      { type: "QUICK_REPLY", text: "Ada pertanyaan" },
      { type: "URL", text: "Lacak", url: "https://toko.example/t/{{1}}", example: ["https://toko.example/t/20931"] },
    ],
  },
];
const promo: Component[] = [
  { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::x"] } },
  { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Akhir pekan", has_expiration: true } },
  { type: "BODY", text: "Diskon 20% untuk semua kopi sampai Minggu." },
  { type: "BUTTONS", buttons: [{ type: "COPY_CODE", example: "KOPI20" }] },
];
const code: Component[] = [
  { type: "BODY", add_security_recommendation: true },
  { type: "FOOTER", code_expiration_minutes: 5 },
  { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] },
];

export class Templates {
  readonly channels: Channel[];
  templates: Template[];

  constructor(now: number, empty: boolean) {
    this.channels = empty
      ? []
      : [
          channel("20030040", "Toko Kabar", now),
          channel("30040050", "Toko Kabar, gudang", now, { kind: "own_app", state: "needs_attention", reason: "The access token has expired or was revoked (190)", webhook_url: "https://api.kabar.example/webhook/30040050" }),
          channel("40050060", "Kopi Kabar", now, { coexistence: true, warning: "WhatsApp has restricted the account: restricted biz initiated messaging.", warned_at: now - hour, health: { quality: "YELLOW", messaging_limit: "TIER_250", throughput: "STANDARD", name_status: "PENDING_REVIEW", username: "", username_status: "", history: "55", per_second: 20 } }),
        ];
    this.templates = empty
      ? []
      : [
          template("kode_masuk", "APPROVED", now - 90 * hour, code, { category: "AUTHENTICATION" }),
          template("pesanan_dikemas", "APPROVED", now - 50 * hour, order),
          template("promo_akhir_pekan", "REJECTED", now - 2 * hour, promo, { category: "MARKETING", reason: "INVALID_FORMAT", details: "Two variables stand next to each other. Put words between the variables." }),
          template("stok_baru", "PENDING", now, order, { category: "MARKETING" }),
          template("undangan", "PAUSED", now - 30 * hour, order, { category: "MARKETING", quality: "RED", details: "FIRST_PAUSE Paused for 3 hours because of low quality." }),
        ];
  }
}

export async function answerTemplates(store: Templates, request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
  const [, , kind, id, more] = url.pathname.split("/").map(decodeURIComponent);
  if (kind === "channels") return answerChannels(store, request, response, url, id, more);
  if (kind !== "templates") return false;
  const one = store.templates.find((each) => each.id === id);
  if (id === "check") send(response, 200, { errors: [], preview: null });
  else if (id === "sync") send(response, 202, { accounts: 1 });
  else if (id === undefined && request.method === "POST") {
    const draft = (await readJson(request)) as unknown as TemplateDraft;
    const made = template(draft.name, "PENDING", Date.now(), draft.components, { language: draft.language, category: draft.category });
    store.templates.push(made);
    send(response, 201, made);
  } else if (id === undefined) {
    const wanted = (name: "status" | "category" | "language") => url.searchParams.get(name) ?? "";
    const found = store.templates.filter(
      (each) =>
        ["", each.status].includes(wanted("status")) &&
        ["", each.category].includes(wanted("category")) &&
        ["", each.language].includes(wanted("language")) &&
        each.name.includes(url.searchParams.get("search") ?? ""),
    );
    const accounts = store.channels.length > 0 ? [{ waba_id: wabaId, channel_id: "20030040", name: "Toko Kabar", synced_at: 1, syncing: false, reason: "" }] : [];
    send(response, 200, { ...page(found, url), accounts });
  } else if (!one) refuse(response, 404, "template-not-found");
  else if (request.method === "DELETE") {
    store.templates = store.templates.filter((each) => each !== one);
    send(response, 204);
  } else send(response, 200, one);
  return true;
}

async function answerChannels(store: Templates, request: IncomingMessage, response: ServerResponse, url: URL, id?: string, more?: string): Promise<boolean> {
  const one = store.channels.find((each) => each.id === id);
  if (id === "own-app") {
    const app = await readJson(request);
    const made = channel(String(app.phone_number_id), "Nomor baru", Date.now(), { kind: "own_app", webhook_url: `https://api.kabar.example/webhook/${String(app.phone_number_id)}` });
    store.channels.push(made);
    send(response, 201, { channel: made, verify_token: "vT3-8sKq0ZpL5mYw" });
  } else if (id === undefined) send(response, 200, { ...page(store.channels, url), signup: { app_id: "1", config_id: "2", graph_version: "v25.0" } });
  else if (!one) refuse(response, 404, "channel-not-found");
  else if (request.method === "DELETE" && more === "warning") {
    Object.assign(one, { warning: "", warned_at: null });
    send(response, 204);
  } else if (request.method === "DELETE") {
    one.state = "disconnected";
    send(response, 204);
  } else send(response, 200, one);
  return true;
}
