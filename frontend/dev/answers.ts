import type { IncomingMessage, ServerResponse } from "node:http";
import type { Page } from "../src/dashboard/api/shapes.ts";

export function send(response: ServerResponse, status: number, body?: unknown): void {
  response.statusCode = status;
  response.setHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json");
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function refuse(response: ServerResponse, status: number, name: string, errors?: { field: string; message: string }[]): void {
  send(response, status, { type: `urn:kabar:problem:${name}`, title: name, status, detail: name, ...(errors ? { errors } : {}) });
}

export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString() || "{}") as Record<string, unknown>;
}

export function page<T>(items: T[], url: URL): Page<T> {
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const limit = Number(url.searchParams.get("limit") ?? 50);
  return { items: items.slice(from, from + limit), next_cursor: from + limit < items.length ? String(from + limit) : null };
}
