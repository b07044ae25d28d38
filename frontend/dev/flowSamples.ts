import type { JsonObject, StoredEdge, StoredFlow, StoredNode } from "../src/dashboard/flows/model/storedFlow.ts";

const say = (id: string, x: number, y: number, text: string): StoredNode => ({ id, type: "message", position: { x, y }, data: { content: { kind: "text", text } } });
const way = (source: string, target: string, sourceHandle = "default"): StoredEdge => ({ source, target, sourceHandle });

export const apaKabar: StoredFlow = {
  schema: 2,
  name: "Apa kabar",
  language: "id",
  start: "greeting",
  triggers: [{ type: "any_message" }],
  nodes: [
    say("greeting", 0, 0, "Halo! Apa kabar?"),
    { id: "ask", type: "ask", position: { x: 352, y: 0 }, data: { content: { kind: "text", text: "Baik, atau kurang baik?" }, answer: { kind: "text" }, variable: "kabar" } },
    { id: "is_it_good", type: "condition", position: { x: 704, y: 0 }, data: { cases: [{ exit: "good", rule: { in: [{ var: "vars.kabar" }, ["baik", "Baik", "baik baik"]] } }] } },
    say("glad", 1056, -88, "Syukurlah, senang mendengarnya! 😊"),
    say("sorry", 1056, 96, "Semoga harimu segera membaik. 🙏"),
  ],
  edges: [way("greeting", "ask"), way("ask", "is_it_good"), way("is_it_good", "glad", "good"), way("is_it_good", "sorry")],
  canvas: { notes: [{ id: "note:1", text: "Contoh dari cetak biru.\nUbah sesuka hati.", position: { x: 0, y: -168 }, size: { width: 216, height: 104 }, tone: "saffron" }] },
};

export const orderStatus: StoredFlow = {
  schema: 2,
  name: "Status pesanan",
  language: "id",
  start: "menu",
  triggers: [{ type: "keyword", match: "contains", words: ["pesanan", "order"] }],
  nodes: [
    {
      id: "menu",
      type: "ask",
      position: { x: 0, y: 0 },
      data: {
        content: { kind: "text", text: { id: "Halo {{contact.name | default: \"kak\"}}, ada yang bisa kami bantu?", en: "Hello {{contact.name | default: \"there\"}}, how can we help?" } },
        answer: { kind: "choice", options: [{ id: "status", title: { id: "Status pesanan", en: "Order status" } }, { id: "person", title: { id: "Bicara dengan CS", en: "Talk to us" } }] },
        variable: "wish",
        timeout: { amount: 20, unit: "minutes" },
        tries: 3,
      },
    },
    { id: "number", type: "ask", position: { x: 360, y: -80 }, data: { content: { kind: "text", text: "Berapa nomor pesanannya?" }, answer: { kind: "number", whole: true }, variable: "order_number", retry_text: "Nomornya angka saja, ya." } },
    { id: "look_up", type: "http", position: { x: 720, y: -80 }, data: { method: "GET", url: "https://toko.example/orders/{{vars.order_number}}", mapping: { state: "status" }, timeout_seconds: 10 } },
    say("told", 1080, -200, "Pesanan {{vars.order_number}}: *{{vars.state}}* 📦"),
    say("unknown", 1080, 0, "Nomor itu tidak kami temukan."),
    { id: "is_open", type: "hours", position: { x: 360, y: 280 }, data: { zone: "Asia/Jakarta", week: { mon: [{ from: "08:00", to: "17:00" }], tue: [{ from: "08:00", to: "17:00" }], sat: [{ from: "08:00", to: "12:00" }] } } },
    { id: "handover", type: "assign", position: { x: 720, y: 240 }, data: { team: "01KTEAMCARE", note: "Minta dihubungi", silent: true, timeout: { amount: 2, unit: "hours" } } },
    { id: "tag", type: "contact", position: { x: 720, y: 440 }, data: { changes: [{ op: "add_tag", tag: "hubungi-besok" }] } },
    { id: "wait", type: "wait", position: { x: 1080, y: 440 }, data: { window: { hours: [{ from: "08:00", to: "17:00" }], days: ["mon", "tue", "wed", "thu", "fri"] }, zone: "contact" } },
    say("morning", 1440, 440, "Selamat pagi! Kami sudah buka. Masih perlu bantuan?"),
  ],
  edges: [
    way("menu", "number", "status"),
    way("menu", "is_open", "person"),
    way("number", "look_up"),
    way("look_up", "told", "success"),
    way("look_up", "unknown", "failure"),
    way("look_up", "unknown", "timeout"),
    way("unknown", "number"),
    way("is_open", "handover", "open"),
    way("is_open", "tag", "closed"),
    way("tag", "wait"),
    way("wait", "morning"),
  ],
};

/** A flow of so many steps, with branches and ways back. */
export function large(count: number): StoredFlow {
  const nodes: StoredNode[] = [];
  const edges: StoredEdge[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = `step_${index}`;
    const position = { x: (index % 20) * 376, y: Math.floor(index / 20) * 320 };
    const data: JsonObject =
      index % 3 === 1
        ? { content: { kind: "text", text: `Pertanyaan ke-${index}` }, answer: { kind: "choice", options: [{ id: "ya", title: "Ya" }, { id: "tidak", title: "Tidak" }] }, variable: `jawaban_${index}`, timeout: { amount: 1, unit: "hours" } }
        : { content: { kind: "text", text: `Pesan ke-${index}: terima kasih sudah menunggu, kak.` } };
    nodes.push({ id, type: index % 3 === 1 ? "ask" : "message", position, data });
    if (index + 1 < count) edges.push(way(id, `step_${index + 1}`, index % 3 === 1 ? "ya" : "default"));
    if (index % 3 === 1 && index > 22) edges.push(way(id, `step_${index - 21}`, "tidak"));
    if (index % 9 === 4 && index + 23 < count) edges.push(way(id, `step_${index + 23}`, "timeout"));
  }
  return { schema: 2, name: "Tiga ratus langkah", language: "id", start: "step_0", triggers: [{ type: "keyword", match: "exact", words: ["banyak"] }], nodes, edges };
}
