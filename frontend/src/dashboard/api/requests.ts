import { SignInFailure } from "../session/cognitoCall";
import { SignedOut, type SessionKeeper } from "../session/SessionKeeper";
import { ApiProblem, problemFrom, referenceFor } from "./problem";
import type { Page } from "./shapes";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Sent {
  body?: unknown;
  /** The version tag of what is to be changed, as it was seen. */
  ifMatch?: string;
  signal?: AbortSignal;
}

export interface Requests {
  get: <T>(path: string, signal?: AbortSignal) => Promise<T>;
  page: <T>(path: string, cursor: string | null, signal?: AbortSignal, query?: Record<string, string>) => Promise<Page<T>>;
  /** Every page of a list that is short. */
  all: <T>(path: string, signal?: AbortSignal) => Promise<T[]>;
  send: <T>(method: Method, path: string, sent?: Sent) => Promise<T>;
}

const pageSize = 50;
const againAfterMs = 600;

function pagePath(path: string, cursor: string | null, given: Record<string, string>): string {
  const query = new URLSearchParams({ ...given, limit: String(pageSize) });
  if (cursor !== null) query.set("cursor", cursor);
  return `${path}?${query}`;
}

function problem(kind: "no-network" | "signed-out" | "server" | "unexpected", answer?: Response): ApiProblem {
  return new ApiProblem(kind, referenceFor(answer?.headers ?? null, answer?.status ?? null, new Date()));
}

/** One key for all tries of a POST: whatever happens on the way, it takes effect once. */
function headersFor(method: Method, { body, ifMatch }: Sent): Record<string, string> {
  return {
    Accept: "application/json",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(method === "POST" ? { "Idempotency-Key": crypto.randomUUID() } : {}),
    ...(ifMatch ? { "If-Match": ifMatch } : {}),
  };
}

/** The gateway, whose authorizer refuses a token, answers 403 in its own form; the API says why. */
function refusesToken(answer: Response): boolean {
  if (answer.status === 401) return true;
  return answer.status === 403 && !(answer.headers.get("content-type") ?? "").includes("problem+json");
}

export function createRequests(apiUrl: string, keeper: SessionKeeper): Requests {
  async function token(obtain: () => Promise<string>): Promise<string> {
    try {
      return await obtain();
    } catch (failure) {
      if (failure instanceof SignedOut) throw problem("signed-out");
      throw problem(failure instanceof SignInFailure && failure.reason === "no-network" ? "no-network" : "server");
    }
  }

  async function answered(method: Method, path: string, sent: Sent): Promise<Response> {
    const headers = headersFor(method, sent);
    const ask = (accessToken: string) =>
      fetch(`${apiUrl}${path}`, {
        ...(method === "GET" ? {} : { method }),
        headers: { ...headers, Authorization: `Bearer ${accessToken}` },
        ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
        ...(sent.signal ? { signal: sent.signal } : {}),
      });
    const request = async (accessToken: string): Promise<Response> => {
      try {
        return await ask(accessToken);
      } catch (failure) {
        if (sent.signal?.aborted) throw failure;
        if (method !== "POST") throw problem("no-network");
        await new Promise((resolve) => setTimeout(resolve, againAfterMs));
        return ask(accessToken).catch(() => {
          throw problem("no-network");
        });
      }
    };
    const used = await token(() => keeper.accessToken());
    let response = await request(used);
    if (refusesToken(response)) {
      const renewed = await token(() => keeper.renew());
      if (renewed !== used) response = await request(renewed);
    }
    if (!response.ok) throw await problemFrom(response);
    return response;
  }

  async function send<T>(method: Method, path: string, sent: Sent = {}): Promise<T> {
    const response = await answered(method, path, sent);
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch (failure) {
      if (sent.signal?.aborted) throw failure;
      throw problem("unexpected", response);
    }
  }

  function get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return send("GET", path, signal ? { signal } : {});
  }

  async function page<T>(
    path: string,
    cursor: string | null,
    signal?: AbortSignal,
    query: Record<string, string> = {},
  ): Promise<Page<T>> {
    const answer = await get<Partial<Page<T>> | null>(pagePath(path, cursor, query), signal);
    if (!Array.isArray(answer?.items)) throw new ApiProblem("unexpected", referenceFor(null, 200, new Date()));
    return { items: answer.items, next_cursor: answer.next_cursor ?? null };
  }

  async function all<T>(path: string, signal?: AbortSignal): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = null; ; ) {
      const found: Page<T> = await page<T>(path, cursor, signal);
      items.push(...found.items);
      cursor = found.next_cursor;
      if (cursor === null) return items;
    }
  }

  return { get, page, all, send };
}
