/** Flows in memory, and a small imitation of the engine, for `npm run dev:mock` only. */
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Finding, FlowShown, FlowVersion, SimulatedEvent } from "../src/dashboard/flows/flowShapes.ts";
import type { Json, JsonObject, StoredFlow, StoredNode } from "../src/dashboard/flows/model/storedFlow.ts";
import { page, readJson, refuse, send } from "./answers.ts";
import { apaKabar, large, orderStatus } from "./flowSamples.ts";

interface Version extends FlowVersion {
  flow: StoredFlow;
}

interface Kept {
  shown: FlowShown;
  draft: Partial<StoredFlow>;
  versions: Version[];
}

let counter = 0;
const nextId = () => `01KFLOW${String((counter += 1)).padStart(19, "0")}`;

function kept(draft: Partial<StoredFlow>, name: string, live: boolean, at: number): Kept {
  const version: Version = { version: 1, note: "First version", published_at: at, published_by: "demo@kabar.test", live: true, flow: structuredClone(draft) as StoredFlow };
  return {
    shown: { id: nextId(), name, revision: 1, live_version: live ? 1 : null, draft_changed: !live, archived: false, triggers: draft.triggers ?? [], updated_at: at, updated_by: "demo@kabar.test" },
    draft,
    versions: live ? [version] : [],
  };
}

interface Ready {
  title: Record<string, string>;
  lead: Record<string, string>;
  flow: StoredFlow;
}

/** The ready flows themselves, as the API hands them out. */
const folder = new URL("../../functions/flow/gallery/", import.meta.url);
const gallery = readdirSync(folder).map((file) => ({ name: file.replace(".json", ""), ...(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Ready) }));

export class Flows {
  readonly all: Kept[];

  constructor(now: number) {
    const hour = 3_600_000;
    this.all = [kept(apaKabar, "Apa kabar", true, now - hour), kept(orderStatus, "Status pesanan", false, now - 30 * hour), kept(large(300), "Tiga ratus langkah", true, now - 60 * hour)];
  }
}

function findingsOf(flow: Partial<StoredFlow>): Finding[] {
  const nodes = flow.nodes ?? [];
  const found: Finding[] = [];
  if (nodes.length === 0) found.push({ node_id: null, level: "error", code: "empty", message: "The flow has no step" });
  const reached = new Set<string>();
  const look = (id: string) => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const edge of flow.edges ?? []) if (edge.source === id) look(edge.target);
  };
  if (flow.start) look(flow.start);
  for (const { id, type, data } of nodes) {
    if (!reached.has(id)) found.push({ node_id: id, level: "warning", code: "unreachable", message: "Nothing leads here" });
    const content = data.content as JsonObject | undefined;
    if ((type === "message" || type === "ask") && content?.text === "") found.push({ node_id: id, level: "error", code: "invalid", message: "content.text: A text of 1 to 4096 characters" });
  }
  return found;
}

const text = (value: Json | undefined, variables: JsonObject): string =>
  (typeof value === "string" ? value : ((Object.values((value ?? {}) as JsonObject)[0] as string | undefined) ?? "")).replace(/\{\{\s*vars\.(\w+)[^}]*\}\}/g, (_, name: string) => (variables[name] as string | undefined) ?? "");

function simulate(flow: StoredFlow, state: JsonObject | null, event: SimulatedEvent): JsonObject {
  const variables: JsonObject = { ...(state?.variables as JsonObject | undefined) };
  const effects: JsonObject[] = [];
  const visits: JsonObject[] = [];
  const next = (id: string, exit: string) => (flow.edges.find((edge) => edge.source === id && (edge.sourceHandle ?? "default") === exit) ?? flow.edges.find((edge) => edge.source === id && (edge.sourceHandle ?? "default") === "default"))?.target;
  let at: string | undefined = typeof state?.waiting === "string" ? state.waiting : flow.start;
  let resuming = typeof state?.waiting === "string";
  let waiting: JsonObject | null = null;
  for (let steps = 0; at !== undefined && steps < 50; steps += 1) {
    const node: StoredNode | undefined = flow.nodes.find(({ id }) => id === at);
    if (!node) break;
    const { data } = node;
    const wait = (awaited: string, deadline: number | null) => (waiting = { awaited, deadline, flow: "simulated", node: node.id });
    let exit: string | null = "default";
    if (node.type === "message") {
      const content = data.content as JsonObject;
      effects.push({ type: "send", message: { type: "text", text: { body: text(content.text, variables) } } });
    } else if (node.type === "ask" && !resuming) {
      const answer = data.answer as JsonObject;
      const options = (answer.options ?? []) as JsonObject[];
      const body = { text: text((data.content as JsonObject).text, variables) };
      const buttons = options.map((option) => ({ type: "reply", reply: { id: option.id ?? "", title: text(option.title, variables) } }));
      effects.push({ type: "send", message: options.length > 0 ? { type: "interactive", interactive: { type: "button", body, action: { buttons } } } : { type: "text", text: { body: body.text } } });
      wait("customer", data.timeout ? Date.now() + 1_200_000 : null);
      exit = null;
    } else if (node.type === "ask") {
      const said = event.type === "said" ? (event.payload ?? event.text) : "";
      exit = event.type === "timer_fired" ? "timeout" : flow.edges.some((edge) => edge.source === node.id && edge.sourceHandle === said) ? said : "default";
      if (exit !== "timeout") variables[data.variable as string] = said;
    } else if (node.type === "http" && !resuming) {
      effects.push({ type: "call_http", url: text(data.url, variables) });
      wait("action", Date.now() + 10_000);
      exit = null;
    } else if (node.type === "http") {
      exit = event.type === "http_answered" ? event.outcome : "success";
      if (event.type === "http_answered") Object.assign(variables, { answer: event.body });
    } else if (node.type === "wait" && !resuming) {
      wait("time", Date.now() + 3_600_000);
      exit = null;
    } else if (node.type === "condition") {
      const cases = data.cases as JsonObject[];
      const holds = cases.find(({ rule }) => JSON.stringify(rule).includes(`"${(variables.kabar ?? "") as string}"`));
      exit = holds ? (holds.exit as string) : "default";
    } else if (node.type === "split") exit = (data.branches as JsonObject[])[0]?.exit as string;
    else if (node.type === "end") exit = null;
    visits.push({ flow: "simulated", node: node.id, entered: !resuming, exit, dropped: null });
    resuming = false;
    at = exit === null ? undefined : next(node.id, exit);
  }
  const here = waiting as JsonObject | null;
  return { state: here ? { waiting: here.node ?? null, variables } : { variables: {} }, waiting: here, variables, contact: {}, effects, visits, stopped: null };
}

interface Call {
  flows: Flows;
  response: ServerResponse;
  body: Record<string, unknown>;
  url: URL;
  found: Kept;
  part: string;
  ifMatch: string | undefined;
}

const opened = ({ shown, draft }: Kept) => ({ ...shown, draft });

function changed(one: Kept, draft: Partial<StoredFlow>): void {
  one.draft = draft;
  Object.assign(one.shown, { revision: one.shown.revision + 1, draft_changed: true, triggers: draft.triggers ?? [], updated_at: Date.now() });
}

const parts: Record<string, (call: Call) => void> = {
  "GET ": ({ response, found }) => send(response, 200, opened(found)),
  "PATCH ": ({ response, found, body }) => {
    Object.assign(found.shown, body);
    send(response, 200, opened(found));
  },
  "PUT draft": ({ response, found, body, ifMatch }) => {
    if (ifMatch !== `"${found.shown.revision}"`) {
      refuse(response, 412, "draft-changed");
      return;
    }
    changed(found, body.flow as StoredFlow);
    send(response, 200, found.shown);
  },
  "POST check": ({ response, found, body }) => send(response, 200, { findings: findingsOf((body.flow as StoredFlow | undefined) ?? found.draft) }),
  "POST publish": ({ response, found, body }) => {
    if (findingsOf(found.draft).some(({ level }) => level === "error")) {
      refuse(response, 409, "flow-not-ready");
      return;
    }
    found.versions.forEach((each) => (each.live = false));
    const version = found.versions.length + 1;
    found.versions.unshift({ version, note: String(body.note), published_at: Date.now(), published_by: "demo@kabar.test", live: true, flow: structuredClone(found.draft) as StoredFlow });
    Object.assign(found.shown, { live_version: version, draft_changed: false });
    send(response, 200, { version, findings: [] });
  },
  "GET versions": ({ response, found, url, part }) => {
    const number = Number(part.split("/")[1]);
    if (part.includes("/")) send(response, 200, found.versions.find(({ version }) => version === number));
    else send(response, 200, page(found.versions.map(({ flow: _flow, ...rest }) => rest), url));
  },
  "POST versions": ({ response, found, part }) => {
    const number = Number(part.split("/")[1]);
    const version = found.versions.find((each) => each.version === number);
    if (version) changed(found, structuredClone(version.flow));
    send(response, 200, found.shown);
  },
  "GET export": ({ response, found }) => send(response, 200, found.draft),
  "GET runs": ({ response, found }) => {
    const [first, second] = found.draft.nodes ?? [];
    const visits = [first, second].flatMap((node) => (node ? [{ flow: found.shown.id, node: node.id, entered: true, exit: node === second ? null : "default", dropped: null, values: node === second ? {} : { kabar: "baik" } }] : []));
    const now = Date.now();
    const items = [1, 2, 3].map((count) => ({ id: `run${count}`, conversation_id: `whatsapp.c${count}`, started_at: now - count * 3_600_000, last_at: now - count * 1_800_000, waits_at: count === 2 ? null : (second?.id ?? null), events: [{ at: now - count * 1_800_000, event: "e", visits }] }));
    send(response, 200, { items: found.shown.live_version === null ? [] : items });
  },
  "GET activity": ({ response, found }) => {
    const nodes: Record<string, unknown> = {};
    (found.draft.nodes ?? []).forEach(({ id }, index) => {
      const entered = Math.max(3, 1240 - index * 190);
      const ways = (found.draft.edges ?? []).filter(({ source }) => source === id);
      const exits = Object.fromEntries(ways.map((edge, place) => [edge.sourceHandle ?? "default", Math.round((entered * 0.84) / (place + 1) / (ways.length > 1 ? 1.4 : 1))]));
      nodes[id] = { entered, waiting: index % 3 === 1 ? 12 : 0, dropped: 2, exits };
    });
    send(response, 200, { runs: found.shown.live_version === null ? 0 : 1240, nodes });
  },
};

/** For the AI step to choose from. */
const bases = [{ id: "01KBASESHOP", name: "Tentang toko" }, { id: "01KBASERETURNS", name: "Retur dan garansi" }];

/** Whether the request was about flows, and is answered. */
export async function answerFlows(flows: Flows, request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
  const { pathname } = url;
  if (pathname === "/v1/knowledge-bases") {
    send(response, 200, { items: bases, next_cursor: null });
    return true;
  }
  if (!pathname.startsWith("/v1/flow")) return false;
  const body = request.method === "GET" ? {} : await readJson(request);
  const make = (draft: Partial<StoredFlow>, name: string) => {
    const one = kept(structuredClone(draft), name, false, Date.now());
    flows.all.unshift(one);
    send(response, 201, opened(one));
  };
  if (pathname === "/v1/flow-gallery") send(response, 200, { items: gallery.map(({ flow: _flow, ...rest }) => rest) });
  else if (pathname.startsWith("/v1/flow-gallery/")) {
    const model = gallery.find(({ name }) => name === pathname.split("/")[3]);
    make(model?.flow ?? {}, model?.title.id ?? "");
  } else if (pathname === "/v1/flows" && request.method === "GET") send(response, 200, page(flows.all.map(({ shown }) => shown), url));
  else if (pathname === "/v1/flows") make({}, String(body.name));
  else if (pathname === "/v1/flows/import") make(body.flow as StoredFlow, (body.flow as StoredFlow).name);
  else if (pathname === "/v1/flows/simulate") send(response, 200, simulate(body.flow as StoredFlow, body.state as JsonObject | null, body.event as SimulatedEvent));
  else {
    const [, , , id = "", ...rest] = pathname.split("/");
    const found = flows.all.find(({ shown }) => shown.id === id);
    const answer = parts[`${request.method ?? "GET"} ${rest[0] ?? ""}`];
    if (!found || !answer) refuse(response, 404, "flow-not-found");
    else answer({ flows, response, body, url, found, part: rest.join("/"), ifMatch: request.headers["if-match"] });
  }
  return true;
}
