/** An in-memory stand-in for Cognito and the API, for `npm run dev:mock` only. */
import type { Plugin, PreviewServer, ViteDevServer } from "vite";
import type { Conversation, InspectionEntry, Message } from "../src/dashboard/api/shapes.ts";
import { Accounts, answerAccount } from "./accountMock.ts";
import { page, readJson, send } from "./answers.ts";
import { answerContacts, Contacts, takeUpload } from "./contactsMock.ts";
import { cognito, emailOf } from "./cognitoMock.ts";
import { answerFlows, Flows } from "./flowsMock.ts";
import { answerCampaigns, Campaigns } from "./campaignsMock.ts";
import { answerLetters, Letters } from "./lettersMock.ts";
import { answerTemplates, Templates } from "./templatesMock.ts";

const minute = 60_000;
const hour = 60 * minute;

const people: [string | null, string | null, string | null][] = [
  ["Ana Wijaya", "6281234567890", null],
  ["Budi Santoso", "6281398765432", null],
  ["Citra", null, "citra.kabar"],
  ["Dewi Lestari", "6285711112222", null],
  [null, "447700900123", null],
  ["Eko Prasetyo Nugroho Wicaksono", "6281900001111", null],
  ["Farah 🌸", "60123456789", null],
];

const answers = ["Halo! Apa kabar?", "Senang mendengarnya. Ada yang bisa kami bantu?", "Pesanan Anda *sudah dikirim*, resi `KBR-20931`."];
const questions = ["Halo kak", "baik, terima kasih 🙏", "Apakah pesanan saya sudah dikirim?", "Ok", "Lihat https://toko.example/katalog?id=7."];

let counter = 0;
const nextId = () => String((counter += 1));

function message(direction: "in" | "out", text: string | null, at: number, more: Partial<Message> = {}): Message {
  const status = direction === "out" ? "read" : null;
  return { id: nextId(), direction, type: "text", text, at, wamid: `wamid.${counter}`, status, reason: null, content: null, target: null, quotes: null, kind: "message", file: null, ...more };
}

function startingMessages(index: number, now: number): Message[] {
  const start = now - index * 7 * hour - 26 * hour;
  const talk: Message[] = [];
  for (let turn = 0; turn < (index === 1 ? 90 : 4); turn += 1) {
    const at = start + turn * 9 * minute - (index === 1 ? 400 * minute : 0);
    talk.push(message("in", questions[turn % questions.length] ?? "", at));
    talk.push(message("out", answers[turn % answers.length] ?? "", at + 2000));
    if (turn % 4 === 2) talk.push(message("out", "```Total\nRp 125.000```", at + 3000));
  }
  const end = now - index * 3 * hour;
  if (index === 0) {
    talk.push(message("in", null, end - 9 * minute, { type: "image" }));
    talk.push(message("in", "Warnanya yang *ini* ya, _bukan_ yang ~merah~ kemarin", end - 8 * minute));
    talk.push(message("out", "Siap, kami siapkan.", end - 7 * minute));
    talk.push(message("out", "Ada lagi yang bisa dibantu?", end - 6 * minute, { status: "delivered" }));
    talk.push(message("in", "😍", end - 4 * minute));
    talk.push(message("out", "Promo akhir pekan", end - 3 * minute, { status: "failed", reason: "More than 24 hours have passed since the customer last replied (131047)" }));
    talk.push(message("out", "Kami cek dulu.", end - 2 * minute, { status: "unsettled" }));
    talk.push(message("out", "Mohon tunggu sebentar ya.", end - minute, { status: "sent" }));
    talk.push(message("out", "Tim kami segera membalas.", end, { status: "queued" }));
  }
  return talk;
}

class Store {
  readonly messages = new Map<string, Message[]>();
  readonly contacts = new Map<string, Conversation["contact"]>();
  readonly taken = new Map<string, Conversation["taken"]>([["whatsapp.c2", { by: null, team: "01KTEAMSALES", since: Date.now() - hour / 4, back_at: null }], ["whatsapp.c1", { by: "rani@tokokabar.example", team: null, since: Date.now() - hour, back_at: null }]]);
  readonly inspection: InspectionEntry[];

  constructor(now: number) {
    const crowd = Array.from({ length: 70 }, (_, index): (typeof people)[number] => [`Pelanggan ${index + 1}`, `62812000${10_000 + index}`, null]);
    [...people, ...crowd].forEach(([name, waId, username], index) => {
      const id = `whatsapp.c${index}`;
      this.contacts.set(id, { id: `c${index}`, name, wa_id: waId, bsuid: waId ? null : "ID.13491208655302741918", username });
      this.messages.set(id, startingMessages(index, now));
    });
    this.inspection = [
      { id: "i3", reason: "unknown_type", field: "messages", at: now - 20 * minute, body: { type: "order_v9", from: "6281234567890", order: { items: 2, paid: true, note: null } } },
      { id: "i2", reason: "unknown_number", field: "messages", at: now - 5 * hour, body: { metadata: { display_phone_number: "15550001111", phone_number_id: "999" } } },
      { id: "i1", reason: "unknown_field", field: "account_alerts", at: now - 50 * hour, body: { field: "account_alerts", value: { severity: "INFO" } } },
    ];
  }

  conversations(): Conversation[] {
    return [...this.messages].map(([id, talk]) => {
      const last = talk.at(-1);
      return {
        id,
        channel: "whatsapp",
        contact_id: id === "whatsapp.c4" ? null : `k${String(Number(id.split(".c")[1]) + 1).padStart(19, "0")}`,
        blocked: id === "whatsapp.c3",
        taken: this.taken.get(id) ?? null,
        has_window: true,
        open_until: (talk.findLast(({ direction }) => direction === "in")?.at ?? 0) + 24 * hour,
        contact: this.contacts.get(id) ?? { id, name: null, wa_id: null, bsuid: null, username: null },
        last_message: last ? { text: last.text, direction: last.direction, type: last.type } : null,
        last_at: last?.at ?? 0,
      };
    }).sort((a, b) => b.last_at - a.last_at);
  }

  take(id: string): void {
    this.taken.set(id, { by: "demo@kabar.test", team: null, since: Date.now(), back_at: null });
  }

  write(id: string, text: string): void {
    this.take(id);
    this.messages.get(id)?.push(message("out", text, Date.now(), { status: "queued" }));
  }

  /** One more turn somewhere, with ticks that move on. */
  tick(): void {
    for (const talk of this.messages.values()) {
      for (const each of talk.slice(-4)) {
        if (each.status === "delivered" && Math.random() < 0.3) each.status = "read";
        if (each.status === "sent" && Math.random() < 0.5) each.status = "delivered";
        if (each.status === "queued" && Math.random() < 0.3) each.status = "sent";
      }
    }
    const talk = this.messages.get(`whatsapp.c${Math.floor(Math.random() * people.length)}`);
    if (!talk || Math.random() > 0.3) return;
    const pick = (from: string[]) => from[Math.floor(Math.random() * from.length)] ?? "";
    talk.push(message("in", pick(questions), Date.now()));
    talk.push(message("out", pick(answers), Date.now() + 1, { status: "queued" }));
  }
}

/** For the pages as they are written and, with `vite preview`, as they are built. */
export function dashboardMock(): Plugin {
  return { name: "kabar-dashboard-mock", configureServer: answering, configurePreviewServer: answering };
}

function answering(server: Pick<ViteDevServer | PreviewServer, "middlewares" | "httpServer">): void {
  const empty = process.env.KABAR_MOCK === "empty";
  const failing = process.env.KABAR_MOCK === "failing";
  const store = new Store(Date.now());
  const timer = process.env.KABAR_MOCK === "still" ? undefined : setInterval(() => store.tick(), 1500);
  server.httpServer?.on("close", () => clearInterval(timer));
  const accounts = new Accounts(Date.now());
  const contacts = new Contacts(Date.now(), empty);
  const flows = new Flows(Date.now());
  const templates = new Templates(Date.now(), empty);
  const campaigns = new Campaigns(Date.now(), empty);
  const letters = new Letters(Date.now(), empty);
  server.middlewares.use((request, response, next) => {
    const url = new URL(request.url ?? "/", "http://mock");
    const email = emailOf(request.headers.authorization);
    const one = /^\/v1\/conversations\/([^/]+)(\/messages|\/takeover|\/hand-back)?$/.exec(url.pathname);
    const answer = async () => {
      if (await answerAccount(accounts, request, response, url, email ?? "")) return;
      if (!failing && (await answerContacts(contacts, request, response, url))) return;
      if (!failing && (await answerFlows(flows, request, response, url))) return;
      if (!failing && (await answerCampaigns(campaigns, request, response, url))) return;
      if (!failing && (await answerLetters(letters, request, response, url))) return;
      if (!failing && (await answerTemplates(templates, request, response, url))) return;
      if (failing) {
        response.setHeader("apigw-requestid", "JKJaXmPLvHcESHA=");
        send(response, 500, { type: "about:blank", title: "Internal error", status: 500, detail: null });
      } else if (url.pathname === "/v1/conversations") {
        const team = url.searchParams.get("team");
        const all = empty ? [] : store.conversations();
        send(response, 200, page(team === null ? all : all.filter(({ taken }) => taken?.team === team), url));
      } else if (one && request.method === "POST") {
        const id = decodeURIComponent(one[1] ?? "");
        if (one[2] === "/takeover") store.take(id);
        else if (one[2] === "/hand-back") store.taken.delete(id);
        else store.write(id, ((await readJson(request)) as { message: { text: { body: string } } }).message.text.body);
        send(response, 202, { id: nextId() });
      } else if (one?.[2]) {
        send(response, 200, page(store.messages.get(decodeURIComponent(one[1] ?? ""))?.toReversed() ?? [], url));
      } else if (one) {
        const found = store.conversations().find(({ id }) => id === decodeURIComponent(one[1] ?? ""));
        send(response, found ? 200 : 404, found ?? { type: "urn:kabar:problem:conversation-not-found" });
      } else {
        send(response, 200, page(empty ? [] : store.inspection, url));
      }
    };
    if (url.pathname === "/config.json") {
      send(response, 200, { apiUrl: "", cognitoUrl: "/mock-cognito", userPoolClientId: "mock", region: "ap-southeast-3" });
    } else if (url.pathname === "/mock-cognito/") {
      void cognito(request, response);
    } else if (url.pathname.startsWith("/mock-upload/")) {
      takeUpload(contacts, request, response, url);
    } else if (!url.pathname.startsWith("/v1/")) {
      next();
    } else if (email === null) {
      send(response, 401, { message: "Unauthorized" });
    } else {
      void answer();
    }
  });
}
