/** An in-memory stand-in for the phone API, for `npm run dev:mock:phone` only. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import type { Customer, LiveEvent, Status, WireMessage } from "../src/phone/shapes.ts";

const colors = ["#7c5cbf", "#c2573f", "#2f7d5b", "#b3832c", "#3a6ea5", "#a64d79"];
const business = { name: "Toko Kabar", display_phone_number: "+62 21 5555 0100", phone_number_id: "106540352242922" };

class Simulator {
  readonly customers: Customer[] = [];
  readonly chats = new Map<string, WireMessage[]>();
  readonly listeners = new Set<ServerResponse>();
  private counter = 0;

  constructor() {
    this.join("Ana", false);
    this.join("Budi", false);
    this.join("Citra", true);
    const day = 86_400_000;
    this.add("budi", "customer", "Halo", "read", Date.now() - day);
    this.add("budi", "business", "Halo! *Apa kabar?*\n- baik\n- kurang baik", "read", Date.now() - day + 2000);
    this.add("budi", "customer", "baik", "read", Date.now() - day + 60_000);
    this.add("budi", "business", "Senang mendengarnya! Lihat katalog kami di https://toko.example/katalog.", "delivered", Date.now() - day + 62_000);
  }

  join(name: string, hidden: boolean): Customer {
    const position = this.customers.length;
    const base = name.toLowerCase().replaceAll(/\W+/g, "-");
    const id = this.chats.has(base) ? `${base}-${position}` : base;
    const customer: Customer = {
      id,
      name,
      wa_id: hidden ? null : `6281255501${position}`,
      user_id: `ID.1000${position}`,
      username: hidden ? `${id}.kabar` : null,
      avatar_color: colors[position % colors.length] ?? "",
      last: null,
      unread: 0,
    };
    this.customers.push(customer);
    this.chats.set(id, []);
    this.publish({ type: "customer", customer_id: id, customer });
    return customer;
  }

  publish(event: LiveEvent): void {
    for (const listener of this.listeners) listener.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  add(id: string, from: WireMessage["from"], text: string, status: Status, at = Date.now()): WireMessage {
    const message: WireMessage = { id: `wamid.${(this.counter += 1)}`, from, type: "text", text, at, status, context_id: null };
    this.chats.get(id)?.push(message);
    const customer = this.customers.find((each) => each.id === id);
    if (customer) {
      customer.last = message;
      if (from === "business" && status !== "read") customer.unread += 1;
    }
    this.publish({ type: "message", customer_id: id, message });
    return message;
  }

  tick(id: string, message: WireMessage, status: Status): void {
    message.status = status;
    this.publish({ type: "status", customer_id: id, message_id: message.id, status });
  }

  say(id: string, text: string): WireMessage {
    const message = this.add(id, "customer", text, "sent");
    setTimeout(() => this.tick(id, message, "delivered"), 400);
    setTimeout(() => {
      this.tick(id, message, "read");
      this.publish({ type: "typing", customer_id: id });
    }, 900);
    setTimeout(() => {
      const good = /baik/i.test(text) ? "Senang mendengarnya 😊" : "Halo! Apa kabar?";
      const reply = this.add(id, "business", good, "sent");
      reply.context_id = message.id;
      setTimeout(() => this.tick(id, reply, "delivered"), 300);
    }, 2200);
    return message;
  }

  see(id: string): void {
    const customer = this.customers.find((each) => each.id === id);
    if (customer) customer.unread = 0;
    for (const message of this.chats.get(id) ?? []) {
      if (message.from === "business" && message.status !== "read") setTimeout(() => this.tick(id, message, "read"), 600);
    }
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json");
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString() || "{}") as Record<string, unknown>;
}

async function answer(simulator: Simulator, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const posted = request.method === "POST" ? await readJson(request) : {};
  const [, , id = "", what] = path.split("/").map(decodeURIComponent);
  if (path === "/state") send(response, 200, { business, customers: simulator.customers });
  else if (path === "/customers") send(response, 201, simulator.join(String(posted.name), posted.hide_number === true));
  else if (path === "/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("retry: 1000\n\n");
    simulator.listeners.add(response);
    request.on("close", () => simulator.listeners.delete(response));
  } else if (what === "messages" && request.method === "POST") send(response, 201, simulator.say(id, String(posted.text)));
  else if (what === "messages") send(response, 200, { items: simulator.chats.get(id) ?? [] });
  else if (what === "seen") {
    simulator.see(id);
    send(response, 204);
  } else send(response, 404, { title: "Not found" });
}

export function phoneMock(): Plugin {
  return {
    name: "kabar-phone-mock",
    configureServer(server) {
      const simulator = new Simulator();
      server.middlewares.use((request, response, next) => {
        const path = /^\/phone\/api(\/[^?]*)/.exec(request.url ?? "")?.[1];
        if (path === undefined) next();
        else void answer(simulator, request, response, path);
      });
    },
  };
}
