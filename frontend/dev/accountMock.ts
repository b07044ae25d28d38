/** Workspaces and their people, in memory. An invitation's token is its id. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiKey, AuditEntry, Invite, Me, Member, WorkspaceHeader } from "../src/dashboard/api/shapes.ts";
import type { Team } from "../src/dashboard/teams/teamCalls.ts";
import { page, readJson, refuse, send } from "./answers.ts";

const day = 86_400_000;

interface Workspace extends WorkspaceHeader {
  members: Member[];
  invites: Invite[];
  keys: ApiKey[];
  teams: Team[];
  audit: AuditEntry[];
}

const everybody = ["campaigns:read", "channels:read", "templates:read", "flows:read", "contacts:read", "contacts:edit", "conversations:read", "workspace:read", "members:read"];
const agents = [...everybody, "conversations:reply"];
const editors = [...agents, "campaigns:edit", "campaigns:send", "templates:manage", "contacts:import", "inspection:read", "flows:edit", "flows:publish"];
const admins = [...editors, "channels:manage", "contacts:erase", "usage:read", "workspace:export", "workspace:update", "members:manage", "teams:manage", "invites:manage", "api_keys:manage", "webhooks:manage", "dead_letters:read", "dead_letters:redrive", "audit:read"];
const permissionsOf: Record<string, string[]> = {
  owner: [...admins, "workspace:delete", "owners:manage"],
  admin: admins,
  editor: editors,
  agent: agents,
  viewer: everybody,
};

let counter = 0;
const nextId = () => `01KAW${String((counter += 1)).padStart(21, "0")}`;

function member(email: string, role: string, at: number): Member {
  return { user_id: email, email, role, joined_at: at };
}

function workspace(name: string, members: Member[]): Workspace {
  return {
    id: nextId(), name, revision: 1, delete_after: null, time_zone: "Asia/Jakarta", language: "id", country_code: "62",
    members, invites: [], keys: [], teams: [], audit: [],
  };
}

interface Call {
  url: URL;
  response: ServerResponse;
  body: Record<string, unknown>;
  email: string;
  /** What the path's pattern caught. */
  id: string;
  ifMatch: string | undefined;
  here: Workspace;
}

export class Accounts {
  readonly workspaces: Workspace[];
  readonly active = new Map<string, string>();

  constructor(now: number) {
    const shop = workspace("Toko Kabar", [
      member("demo@kabar.test", "owner", now - 90 * day),
      member("rani@tokokabar.example", "admin", now - 60 * day),
      member("bagus.prasetyo@tokokabar.example", "agent", now - 12 * day),
      member("akuntan@mitra.example", "viewer", now - day),
    ]);
    shop.invites = [
      { id: nextId(), email: "sari@tokokabar.example", role: "agent", invited_by: "demo@kabar.test", created_at: now - day, expires_at: now + 6 * day },
    ];
    shop.teams = [
      { id: "01KTEAMSALES", name: "Penjualan", members: ["demo@kabar.test", "bagus.prasetyo@tokokabar.example"], revision: 1, created_at: now - 20 * day },
      { id: "01KTEAMCARE", name: "Layanan pelanggan", members: ["rani@tokokabar.example"], revision: 1, created_at: now - 10 * day },
    ];
    shop.keys = [
      { id: nextId(), name: "Sistem pesanan", scopes: ["conversations:read", "members:read"], prefix: "kabar_Xy7Q2a", created_by: "demo@kabar.test", created_at: now - 40 * day, expires_at: now + 50 * day },
      { id: nextId(), name: "Laporan lama", scopes: ["audit:read"], prefix: "kabar_9fLm0p", created_by: "rani@tokokabar.example", created_at: now - 95 * day, expires_at: now - 5 * day },
    ];
    this.workspaces = [shop, workspace("Kedai Kopi Senja", [member("demo@kabar.test", "agent", now - 5 * day)])];
    const told: [string, string, Record<string, unknown>][] = [
      ["demo@kabar.test", "workspace.created", { name: "Toko" }],
      ["demo@kabar.test", "workspace.renamed", { before: "Toko", after: "Toko Kabar" }],
      ["demo@kabar.test", "invite.created", { email: "rani@tokokabar.example", role: "admin" }],
      ["rani@tokokabar.example", "invite.accepted", { email: "rani@tokokabar.example", role: "admin" }],
      ["rani@tokokabar.example", "api_key.created", { name: "Laporan lama", scopes: ["audit:read"], prefix: "kabar_9fLm0p" }],
      ["demo@kabar.test", "member.role_changed", { email: "akuntan@mitra.example", before: "agent", after: "viewer" }],
    ];
    told.forEach(([who, action, detail], index) => this.tell(shop, who, action, detail, now - (20 - index * 3) * day));
  }

  tell(here: Workspace, email: string, action: string, detail: Record<string, unknown>, at = Date.now()): void {
    here.audit.unshift({ id: nextId(), actor: { id: email, name: email }, action, target: here.id, at, detail });
  }

  of(email: string): Workspace[] {
    return this.workspaces.filter(({ members }) => members.some((each) => each.email === email));
  }

  here(email: string): Workspace | undefined {
    const own = this.of(email);
    return own.find(({ id }) => id === this.active.get(email)) ?? own[0];
  }

  me(email: string): Me {
    const roleIn = (each: Workspace) => each.members.find((one) => one.email === email)?.role ?? "";
    const here = this.here(email);
    const role = here ? roleIn(here) : null;
    return {
      user: { id: email, email },
      workspace: here ? shown(here) : null,
      role,
      permissions: permissionsOf[role ?? ""] ?? [],
      workspaces: this.of(email).map((each) => ({ id: each.id, name: each.name, role: roleIn(each) })),
    };
  }
}

function shown({ id, name, revision, delete_after, time_zone, language, country_code }: Workspace): WorkspaceHeader {
  return { id, name, revision, delete_after, time_zone, language, country_code };
}

type Route = [method: string, path: RegExp, answer: (accounts: Accounts, call: Call) => void];

const isLastOwner = (here: Workspace, userId: string) =>
  here.members.every((each) => each.role !== "owner" || each.user_id === userId);

const routes: Route[] = [
  ["POST", /^\/v1\/workspaces$/, (accounts, { response, body, email }) => {
    const made = workspace(String(body.name), [member(email, "owner", Date.now())]);
    accounts.workspaces.push(made);
    accounts.active.set(email, made.id);
    accounts.tell(made, email, "workspace.created", { name: made.name });
    send(response, 201, shown(made));
  }],
  ["POST", /^\/v1\/workspaces\/([^/]+)\/switch$/, (accounts, { response, email, id }) => {
    accounts.active.set(email, id);
    send(response, 200, {});
  }],
  ["POST", /^\/v1\/invites\/accept$/, (accounts, { response, body, email }) => {
    const there = accounts.workspaces.find(({ invites }) => invites.some(({ id }) => id === body.token));
    const invite = there?.invites.find(({ id }) => id === body.token);
    if (!there || !invite) {
      refuse(response, 404, "invite-not-found");
      return;
    }
    if (invite.email !== email) {
      refuse(response, 403, "invite-for-another");
      return;
    }
    there.invites = there.invites.filter(({ id }) => id !== invite.id);
    there.members.push(member(email, invite.role, Date.now()));
    accounts.active.set(email, there.id);
    send(response, 200, { id: there.id, name: there.name, role: invite.role });
  }],
  ["PATCH", /^\/v1\/workspace$/, (accounts, { response, body, email, here, ifMatch }) => {
    if (ifMatch !== `"${here.revision}"`) {
      refuse(response, 412, "changed-meanwhile");
      return;
    }
    if (typeof body.name === "string") accounts.tell(here, email, "workspace.renamed", { before: here.name, after: body.name });
    Object.assign(here, body);
    here.revision += 1;
    send(response, 200, shown(here));
  }],
  ["DELETE", /^\/v1\/workspace$/, (accounts, { response, email, here }) => {
    here.delete_after = Date.now() + 14 * day;
    accounts.tell(here, email, "workspace.deletion_scheduled", {});
    send(response, 200, shown(here));
  }],
  ["POST", /^\/v1\/workspace\/restore$/, (accounts, { response, email, here }) => {
    here.delete_after = null;
    accounts.tell(here, email, "workspace.restored", {});
    send(response, 200, shown(here));
  }],
  ["POST", /^\/v1\/workspace\/leave$/, (_, { response, email, here }) => {
    if (isLastOwner(here, email)) {
      refuse(response, 409, "last-owner");
      return;
    }
    here.members = here.members.filter((each) => each.email !== email);
    send(response, 204);
  }],
  ["GET", /^\/v1\/members$/, (_, { response, url, here }) => send(response, 200, page(here.members, url))],
  ["PATCH", /^\/v1\/members\/([^/]+)$/, (accounts, { response, body, email, here, id }) => {
    const found = here.members.find((each) => each.user_id === id);
    if (!found) {
      refuse(response, 404, "member-not-found");
      return;
    }
    if (body.role !== "owner" && isLastOwner(here, id)) {
      refuse(response, 409, "last-owner");
      return;
    }
    accounts.tell(here, email, "member.role_changed", { email: found.email, before: found.role, after: body.role });
    found.role = String(body.role);
    send(response, 200, found);
  }],
  ["DELETE", /^\/v1\/members\/([^/]+)$/, (accounts, { response, email, here, id }) => {
    here.members = here.members.filter((each) => each.user_id !== id);
    accounts.tell(here, email, "member.removed", { email: id });
    send(response, 204);
  }],
  ["GET", /^\/v1\/teams$/, (_, { response, here }) => send(response, 200, { items: here.teams })],
  ["POST", /^\/v1\/teams$/, (_, { response, body, here }) => {
    const made = { id: nextId(), name: String(body.name), members: body.members as string[], revision: 1, created_at: Date.now() };
    here.teams.push(made);
    send(response, 201, made);
  }],
  ["PATCH", /^\/v1\/teams\/([^/]+)$/, (_, { response, body, here, id }) => {
    const found = here.teams.find((each) => each.id === id);
    if (!found) {
      refuse(response, 404, "team-not-found");
      return;
    }
    Object.assign(found, body, { revision: found.revision + 1 });
    send(response, 200, found);
  }],
  ["DELETE", /^\/v1\/teams\/([^/]+)$/, (_, { response, here, id }) => {
    here.teams = here.teams.filter((each) => each.id !== id);
    send(response, 204);
  }],
  ["GET", /^\/v1\/invites$/, (_, { response, url, here }) => send(response, 200, page(here.invites, url))],
  ["POST", /^\/v1\/invites$/, (accounts, { response, body, email, here }) => {
    const to = String(body.email);
    if (!/^[a-z0-9.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(to)) {
      refuse(response, 400, "invalid-input", [{ field: "email", message: "String should match pattern" }]);
      return;
    }
    if (here.members.some((each) => each.email === to)) {
      refuse(response, 409, "already-member");
      return;
    }
    const now = Date.now();
    const made = { id: nextId(), email: to, role: String(body.role), invited_by: email, created_at: now, expires_at: now + 7 * day };
    here.invites.push(made);
    accounts.tell(here, email, "invite.created", { email: to, role: made.role });
    console.info(`invitation for ${to}: /invite?token=${made.id}`);
    send(response, 201, { ...made, mail_sent: true });
  }],
  ["DELETE", /^\/v1\/invites\/([^/]+)$/, (_, { response, here, id }) => {
    here.invites = here.invites.filter((each) => each.id !== id);
    send(response, 204);
  }],
  ["GET", /^\/v1\/api-keys$/, (_, { response, url, here }) => send(response, 200, page(here.keys, url))],
  ["POST", /^\/v1\/api-keys$/, (accounts, { response, body, email, here }) => {
    const now = Date.now();
    const key = `kabar_${crypto.randomUUID().replaceAll("-", "")}AbCdEfGhIjK`;
    const expires = now + Number(body.expires_in_days) * day;
    const made = { id: nextId(), name: String(body.name), scopes: body.scopes as string[], prefix: key.slice(0, 12), created_by: email, created_at: now, expires_at: expires };
    here.keys.push(made);
    accounts.tell(here, email, "api_key.created", { name: made.name, scopes: made.scopes, prefix: made.prefix });
    send(response, 201, { ...made, key });
  }],
  ["DELETE", /^\/v1\/api-keys\/([^/]+)$/, (_, { response, here, id }) => {
    here.keys = here.keys.filter((each) => each.id !== id);
    send(response, 204);
  }],
  ["GET", /^\/v1\/audit$/, (_, { response, url, here }) => send(response, 200, page(here.audit, url))],
];

/** Whether the request was one for the account API, and so was answered. */
export async function answerAccount(
  accounts: Accounts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  email: string,
): Promise<boolean> {
  if (url.pathname === "/v1/me") {
    send(response, 200, accounts.me(email));
    return true;
  }
  for (const [method, path, answer] of routes) {
    const found = path.exec(url.pathname);
    if (request.method !== method || !found) continue;
    const here = accounts.here(email);
    const needsNone = /^\/v1\/(workspaces|invites\/accept)/.test(url.pathname);
    if (!here && !needsNone) refuse(response, 403, "no-workspace");
    else {
      const body = await readJson(request);
      const ifMatch = request.headers["if-match"];
      const id = decodeURIComponent(found[1] ?? "");
      answer(accounts, { url, response, body, email, id, ifMatch, here: here ?? workspace("", []) });
    }
    return true;
  }
  return false;
}
