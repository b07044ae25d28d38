import { SignInFailure } from "../session/cognito";
import { SignedOut, type SessionKeeper } from "../session/SessionKeeper";
import { ApiProblem, problemFrom, referenceFor } from "./problem";
import type { Conversation, InspectionEntry, Me, Message, Page } from "./shapes";

export interface Api {
  me: (signal?: AbortSignal) => Promise<Me>;
  conversations: (cursor: string | null, signal?: AbortSignal) => Promise<Page<Conversation>>;
  messages: (conversation: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<Message>>;
  inspection: (cursor: string | null, signal?: AbortSignal) => Promise<Page<InspectionEntry>>;
}

const pageSize = 50;

function pagePath(path: string, cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (cursor !== null) query.set("cursor", cursor);
  return `${path}?${query}`;
}

export function createApi(apiUrl: string, keeper: SessionKeeper): Api {
  async function request(path: string, token: string, signal?: AbortSignal): Promise<Response> {
    try {
      return await fetch(`${apiUrl}${path}`, {
        headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
        ...(signal ? { signal } : {}),
      });
    } catch (failure) {
      if (signal?.aborted) throw failure;
      throw new ApiProblem("no-network", referenceFor(null, null, new Date()));
    }
  }

  async function token(obtain: () => Promise<string>): Promise<string> {
    try {
      return await obtain();
    } catch (failure) {
      const kind =
        failure instanceof SignedOut
          ? "signed-out"
          : failure instanceof SignInFailure && failure.reason === "no-network"
            ? "no-network"
            : "server";
      throw new ApiProblem(kind, referenceFor(null, null, new Date()));
    }
  }

  async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const used = await token(() => keeper.accessToken());
    let response = await request(path, used, signal);
    // The gateway answers 403, not 401, when its authorizer refuses a token.
    if (response.status === 401 || response.status === 403) {
      const renewed = await token(() => keeper.renew());
      if (renewed !== used) response = await request(path, renewed, signal);
    }
    if (!response.ok) throw await problemFrom(response);
    try {
      return (await response.json()) as T;
    } catch (failure) {
      if (signal?.aborted) throw failure;
      throw new ApiProblem("unexpected", referenceFor(response.headers, response.status, new Date()));
    }
  }

  async function page<T>(path: string, cursor: string | null, signal?: AbortSignal): Promise<Page<T>> {
    const answer = await get<Partial<Page<T>> | null>(pagePath(path, cursor), signal);
    if (!Array.isArray(answer?.items)) throw new ApiProblem("unexpected", referenceFor(null, 200, new Date()));
    return { items: answer.items, next_cursor: answer.next_cursor ?? null };
  }

  return {
    me: (signal) => get<Me>("/v1/me", signal),
    conversations: (cursor, signal) => page("/v1/conversations", cursor, signal),
    messages: (conversation, cursor, signal) =>
      page(`/v1/conversations/${encodeURIComponent(conversation)}/messages`, cursor, signal),
    inspection: (cursor, signal) => page("/v1/inspection", cursor, signal),
  };
}
