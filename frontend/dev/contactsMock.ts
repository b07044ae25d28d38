/** Contacts, segments, imports and usage, in memory. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ContactNote, ContactRecord, Export, FieldDefinition } from "../src/dashboard/contacts/contactShapes.ts";
import type { ContactImport } from "../src/dashboard/imports/importShapes.ts";
import type { Condition, Filter, Segment } from "../src/dashboard/segments/filters.ts";
import { page, readJson, refuse, send } from "./answers.ts";

const day = 86_400_000;
const names = ["Ana Wijaya", "Budi Santoso", "Citra Dewi", "Dewi Lestari", "Eko Prasetyo", "Farah Amalia", "Gilang Ramadhan", "Hana Putri", "Indra Kusuma", "Joko Widodo Santosa"];
const cities = ["Bandung", "Jakarta", "Surabaya", "Medan"];
const importMs = 12_000;

let counter = 0;
const nextId = () => `k${String((counter += 1)).padStart(19, "0")}`;

function person(index: number, now: number): ContactRecord {
  const base = names[index % names.length] ?? "";
  const round = Math.floor(index / names.length);
  return {
    id: nextId(),
    revision: 1,
    name: index === 4 ? null : round === 0 ? base : `${base} ${round + 1}`,
    phone: index === 2 ? null : `+62812${String(30_000_000 + index * 7919)}`,
    username: index === 2 ? "citra.kabar" : null,
    email: index % 3 === 0 ? `${base.split(" ")[0]?.toLowerCase()}${index}@contoh.example` : null,
    language: index % 4 === 3 ? "en" : "id",
    tags: [...(index % 5 === 0 ? ["vip"] : []), ...(index % 3 === 0 ? ["pelanggan lama"] : []), ...(index % 15 === 0 ? ["grosir", "reseller"] : [])],
    fields: index % 2 === 0 ? { city: cities[index % cities.length] ?? "", orders: index % 11, member: index % 4 === 0 } : {},
    opt_ins: index % 3 === 1 ? {} : { marketing: { state: index % 3 === 0 ? "in" : "out", source: index % 2 ? "import" : "flow", at: now - index * day } },
    blocked: index === 6,
    last_seen_at: index % 7 === 5 ? null : now - index * 3_600_000 * 5,
    created_at: now - (index + 2) * day,
    updated_at: now - index * day,
    conversations: index < 7 ? [`whatsapp.c${index}`] : [],
  };
}

const fits: Record<string, (contact: ContactRecord, condition: Condition) => boolean> = {
  tag: ({ tags }, { op, value }) => tags.includes(String(value)) === (op === "has"),
  opt_in: ({ opt_ins }, { kind, value }) => (opt_ins[kind ?? ""]?.state ?? "unknown") === value,
  blocked: ({ blocked }, { value }) => blocked === value,
  last_seen: ({ last_seen_at: at }, { op, value }) => (at !== null && at > Date.now() - Number(value) * day) === (op === "within_days"),
  created: ({ created_at: at }, { op, value }) => at > Date.now() - Number(value) * day === (op === "within_days"),
};

function compared(given: string | number | boolean | null | undefined, { op, value }: Condition): boolean {
  const known = given !== undefined && given !== null;
  if (op === "set" || op === "not_set") return known === (op === "set");
  if (op === "contains") return String(given ?? "").toLowerCase().includes(String(value).toLowerCase());
  if (op === "gt" || op === "lt") return known && (op === "gt" ? Number(given) > Number(value) : Number(given) < Number(value));
  return (given === value) === (op === "is");
}

function fitsFilter(contact: ContactRecord, { match, conditions }: Filter): boolean {
  const each = (condition: Condition) =>
    fits[condition.on]?.(contact, condition) ??
    compared(condition.on === "field" ? contact.fields[condition.field ?? ""] : contact[condition.on as "name"], condition);
  return match === "any" && conditions.length > 0 ? conditions.some(each) : conditions.every(each);
}

interface Going extends ContactImport {
  startedAt: number | null;
  arrivedAt: number | null;
}

export class Contacts {
  contacts: ContactRecord[];
  fields: FieldDefinition[] = [
    { key: "city", name: "Kota", type: "choice", choices: cities, revision: 1 },
    { key: "orders", name: "Jumlah pesanan", type: "number", choices: [], revision: 1 },
    { key: "born", name: "Tanggal lahir", type: "date", choices: [], revision: 1 },
    { key: "member", name: "Anggota", type: "boolean", choices: [], revision: 1 },
  ];
  segments: Segment[];
  notes = new Map<string, ContactNote[]>();
  imports: Going[] = [];
  exports = new Map<string, { at: number; total: number }>();

  constructor(now: number, empty: boolean) {
    this.contacts = empty ? [] : Array.from({ length: 340 }, (_, index) => person(index, now));
    this.segments = empty
      ? []
      : [
          { id: nextId(), name: "VIP yang masih menulis", revision: 1, created_at: now, updated_at: now, filter: { match: "all", conditions: [{ on: "tag", op: "has", value: "vip" }, { on: "last_seen", op: "within_days", value: 30 }] } },
          { id: nextId(), name: "Bandung, setuju promosi", revision: 1, created_at: now, updated_at: now, filter: { match: "all", conditions: [{ on: "field", field: "city", op: "is", value: "Bandung" }, { on: "opt_in", kind: "marketing", op: "is", value: "in" }] } },
        ];
    const first = this.contacts[0];
    if (first) this.notes.set(first.id, [{ id: nextId(), text: "Lebih suka dihubungi sore hari. Selalu tanya ukuran dulu.", by: "rani@tokokabar.example", at: now - day }]);
    if (!empty) this.imports.push({ ...this.newImport("pelanggan-toko.csv"), status: "done", total: 1204, done: 1204, created: 1150, updated: 41, rejected: 13, created_at: now - 3 * day, preview: null });
  }

  newImport(fileName: string): Going {
    return { id: nextId(), file_name: fileName, status: "waiting", preview: null, total: null, done: 0, created: 0, updated: 0, skipped: 0, rejected: 0, reason: null, seconds_left: null, created_at: Date.now(), startedAt: null, arrivedAt: null };
  }

  /** An import as time has moved it on. */
  moved(given: Going): ContactImport {
    const now = Date.now();
    if (given.status === "waiting" && given.arrivedAt !== null) {
      given.status = "ready";
      given.total = 100_000;
      given.preview = {
        columns: ["Nama", "No HP", "Kota", "Catatan"],
        rows: [["Sinta", "0812 3456 7890", "Bandung", "-"], ["Tono", "0857-1111-2222", "Jakarta", "langganan"], ["Umar", "123", "Medan", ""]],
        suggested: { Nama: "name", "No HP": "phone", Kota: "field:city", Catatan: null },
      };
    }
    if (given.status === "running" && given.startedAt !== null) {
      const share = Math.min(1, (now - given.startedAt) / importMs);
      const total = given.total ?? 0;
      given.done = Math.floor(total * share);
      given.rejected = Math.floor(given.done / 7700);
      given.updated = Math.floor(given.done / 12);
      given.created = given.done - given.rejected - given.updated;
      given.seconds_left = Math.ceil(((1 - share) * importMs) / 1000);
      if (share === 1) given.status = "done";
    }
    const { startedAt: _, arrivedAt: __, ...shown } = given;
    return shown;
  }
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  id: string;
  rest: string;
}

type Answer = (store: Contacts, call: Call) => void | Promise<void>;

function one(store: Contacts, { response, id }: Call, act: (contact: ContactRecord) => void): void {
  const found = store.contacts.find((each) => each.id === id);
  if (found) act(found);
  else refuse(response, 404, "contact-not-found");
}

function progress(store: Contacts, id: string): Export {
  const { at, total } = store.exports.get(id) ?? { at: 0, total: 0 };
  const done = Math.min(total, Math.floor((total * (Date.now() - at)) / 6000));
  return { id, status: done === total ? "done" : "running", done, total, url: done === total ? "/v1/mock-file" : null };
}

function startExport(store: Contacts, response: ServerResponse): void {
  const id = nextId();
  store.exports.set(id, { at: Date.now(), total: Math.max(1, store.contacts.length) });
  send(response, 202, progress(store, id));
}

const routes: [string, RegExp, Answer][] = [
  ["GET", /^\/v1\/contacts$/, (store, { response, url }) => {
    const asked = (name: string) => url.searchParams.get(name);
    const words = (asked("search") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const segment = store.segments.find(({ id }) => id === asked("segment_id"));
    const [kind, state] = (asked("opt_in") ?? "").split(":");
    const found = store.contacts.filter((each) => {
      const text = `${each.name ?? ""} ${each.phone ?? ""} ${each.email ?? ""} ${each.username ?? ""}`.toLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (!asked("tag") || each.tags.includes(asked("tag") ?? "")) &&
        (!asked("blocked") || String(each.blocked) === asked("blocked")) &&
        (!kind || (each.opt_ins[kind]?.state ?? "unknown") === state) &&
        (!segment || fitsFilter(each, segment.filter))
      );
    });
    send(response, 200, page(found, url));
  }],
  ["POST", /^\/v1\/contacts$/, async (store, { request, response }) => {
    const body = await readJson(request);
    if (typeof body.phone === "string" && !/^\+[1-9][0-9 ]{6,18}$/.test(body.phone)) {
      refuse(response, 400, "invalid-input", [{ field: "phone", message: "Give the number with its country's code" }]);
      return;
    }
    const made: ContactRecord = { ...person(5000, Date.now()), email: null, fields: {}, tags: [], opt_ins: {}, conversations: [], phone: null, name: null, last_seen_at: null, created_at: Date.now(), ...body };
    store.contacts.unshift(made);
    send(response, 201, made);
  }],
  ["GET", /^\/v1\/contacts\/([^/]+)$/, (store, call) => one(store, call, (found) => send(call.response, 200, found))],
  ["PATCH", /^\/v1\/contacts\/([^/]+)$/, async (store, call) => {
    const body = await readJson(call.request);
    one(store, call, (found) => {
      if (call.request.headers["if-match"] !== `"${found.revision}"`) {
        refuse(call.response, 412, "changed-meanwhile");
        return;
      }
      const { fields, ...plain } = body as { fields?: Record<string, unknown> };
      Object.assign(found, plain);
      const both = Object.entries({ ...found.fields, ...fields }).filter(([, value]) => value !== null);
      found.fields = Object.fromEntries(both) as ContactRecord["fields"];
      found.revision += 1;
      send(call.response, 200, found);
    });
  }],
  ["DELETE", /^\/v1\/contacts\/([^/]+)$/, (store, { response, id }) => {
    store.contacts = store.contacts.filter((each) => each.id !== id);
    send(response, 202, {});
  }],
  ["POST", /^\/v1\/contacts\/([^/]+)\/(merge|opt-ins|block|unblock|export)$/, async (store, call) => {
    const body = await readJson(call.request);
    one(store, call, (found) => {
      if (call.rest === "export") {
        startExport(store, call.response);
        return;
      }
      if (call.rest === "merge") {
        const other = store.contacts.find(({ id }) => id === body.other_id);
        if (other) found.tags = [...new Set([...found.tags, ...other.tags])];
        found.email ??= other?.email ?? null;
        store.contacts = store.contacts.filter((each) => each !== other);
      } else if (call.rest === "opt-ins") {
        found.opt_ins[String(body.kind)] = { state: body.state as "in", source: "dashboard", at: Date.now() };
      } else found.blocked = call.rest === "block";
      found.revision += 1;
      send(call.response, 200, found);
    });
  }],
  ["GET", /^\/v1\/contacts\/([^/]+)\/notes$/, (store, { response, url, id }) => send(response, 200, page(store.notes.get(id) ?? [], url))],
  ["POST", /^\/v1\/contacts\/([^/]+)\/notes$/, async (store, { request, response, id }) => {
    const note = { id: nextId(), text: String((await readJson(request)).text), by: "demo@kabar.test", at: Date.now() };
    store.notes.set(id, [note, ...(store.notes.get(id) ?? [])]);
    send(response, 201, note);
  }],
  ["DELETE", /^\/v1\/contacts\/([^/]+)\/notes\/([^/]+)$/, (store, { response, id, rest }) => {
    store.notes.set(id, (store.notes.get(id) ?? []).filter((note) => note.id !== rest));
    send(response, 204);
  }],
  ["GET", /^\/v1\/contact-tags$/, (store, { response, url }) => send(response, 200, page([...new Set(store.contacts.flatMap(({ tags }) => tags))].sort().map((tag) => ({ tag })), url))],
  ["GET", /^\/v1\/contact-fields$/, (store, { response, url }) => send(response, 200, page(store.fields, url))],
  ["POST", /^\/v1\/contact-fields$/, async (store, { request, response }) => {
    const field = (await readJson(request)) as unknown as FieldDefinition;
    store.fields.push(field);
    send(response, 201, field);
  }],
  ["PATCH", /^\/v1\/contact-fields\/([^/]+)$/, async (store, { request, response, id }) => {
    const field = store.fields.find(({ key }) => key === id);
    send(response, 200, Object.assign(field ?? {}, await readJson(request)));
  }],
  ["DELETE", /^\/v1\/contact-fields\/([^/]+)$/, (store, { response, id }) => {
    store.fields = store.fields.filter(({ key }) => key !== id);
    send(response, 204);
  }],
  ["GET", /^\/v1\/segments$/, (store, { response, url }) => send(response, 200, page(store.segments, url))],
  ["POST", /^\/v1\/segments$/, async (store, { request, response }) => {
    const { name, filter } = (await readJson(request)) as unknown as Segment;
    const made = { id: nextId(), name, filter, revision: 1, created_at: Date.now(), updated_at: Date.now() };
    store.segments.push(made);
    send(response, 201, made);
  }],
  ["POST", /^\/v1\/segments\/(count)$/, async (store, { request, response }) => {
    const { filter } = (await readJson(request)) as unknown as { filter: Filter };
    send(response, 200, { count: store.contacts.filter((each) => fitsFilter(each, filter)).length, exact: true });
  }],
  ["GET", /^\/v1\/segments\/([^/]+)$/, (store, { response, id }) => send(response, 200, store.segments.find((each) => each.id === id))],
  ["PATCH", /^\/v1\/segments\/([^/]+)$/, async (store, { request, response, id }) => {
    const body = await readJson(request);
    const found = store.segments.find((each) => each.id === id);
    if (!found || request.headers["if-match"] !== `"${found.revision}"`) {
      refuse(response, 412, "changed-meanwhile");
      return;
    }
    Object.assign(found, body, { revision: found.revision + 1 });
    send(response, 200, found);
  }],
  ["DELETE", /^\/v1\/segments\/([^/]+)$/, (store, { response, id }) => {
    store.segments = store.segments.filter((each) => each.id !== id);
    send(response, 204);
  }],
  ["GET", /^\/v1\/contact-imports$/, (store, { response, url }) => send(response, 200, page(store.imports.map((each) => store.moved(each)), url))],
  ["POST", /^\/v1\/contact-imports$/, async (store, { request, response }) => {
    const made = store.newImport(String((await readJson(request)).file_name));
    store.imports.unshift(made);
    send(response, 201, { id: made.id, upload: { url: `/mock-upload/${made.id}`, fields: { key: made.id } } });
  }],
  ["GET", /^\/v1\/contact-imports\/([^/]+)$/, (store, { response, id }) => {
    const found = store.imports.find((each) => each.id === id);
    if (found) send(response, 200, store.moved(found));
    else refuse(response, 404, "import-not-found");
  }],
  ["POST", /^\/v1\/contact-imports\/([^/]+)\/(start|cancel)$/, (store, { response, id, rest }) => {
    const found = store.imports.find((each) => each.id === id);
    if (found) {
      found.status = rest === "start" ? "running" : "cancelled";
      found.startedAt = Date.now();
    }
    send(response, 202, {});
  }],
  ["GET", /^\/v1\/contact-imports\/([^/]+)\/(report)$/, (_, { response }) => send(response, 200, { url: "/v1/mock-file" })],
  ["POST", /^\/v1\/(contact-exports|workspace\/exports)$/, (store, { response }) => startExport(store, response)],
  ["GET", /^\/v1\/(?:contact-exports|workspace\/exports|contacts\/[^/]+\/exports)\/([^/]+)$/, (store, { response, id }) => send(response, 200, progress(store, id))],
  ["GET", /^\/v1\/usage$/, (_, { response }) => send(response, 200, usage)],
  ["GET", /^\/v1\/usage\/history$/, (_, { response }) => send(response, 200, { months: history() })],
];

const meters = [
  { meter: "messages_in", used: 8_214, limit: null, unit: "messages" },
  { meter: "messages_out", used: 21_930, limit: 25_000, unit: "messages" },
  { meter: "ai_answers", used: 1_204, limit: 5_000, unit: "answers" },
  { meter: "ai_tokens", used: 10_000_000, limit: 10_000_000, unit: "tokens" },
  { meter: "storage_bytes", used: 3_420_000_000, limit: 20_000_000_000, unit: "bytes" },
  { meter: "people", used: 4, limit: 15, unit: "people" },
];
const usage = { month: "2026-11", plan: { id: "team", name: "Team" }, meters };

function history() {
  return Array.from({ length: 12 }, (_, back) => ({
    month: back < 11 ? `2026-${String(11 - back).padStart(2, "0")}` : "2025-12",
    meters: meters.map(({ meter, used, unit }) => ({ meter, unit, used: Math.round(used * ([1, 0.82, 0.9, 0.61, 0.5, 0.44, 0.47, 0.3, 0.21, 0.12, 0.04, 0][back] ?? 0)) })),
  }));
}

/** Whether the request was one for contacts or what belongs to them, and so was answered. */
export async function answerContacts(store: Contacts, request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
  for (const [method, path, answer] of routes) {
    const found = path.exec(url.pathname);
    if (request.method !== method || !found) continue;
    await answer(store, { request, response, url, id: decodeURIComponent(found[1] ?? ""), rest: found[2] ?? "" });
    return true;
  }
  return false;
}

/** The storage that a presigned POST goes to. */
export function takeUpload(store: Contacts, request: IncomingMessage, response: ServerResponse, url: URL): void {
  request.resume().on("end", () => {
    const found = store.imports.find(({ id }) => url.pathname.endsWith(id));
    if (found) found.arrivedAt = Date.now();
    send(response, 204);
  });
}
