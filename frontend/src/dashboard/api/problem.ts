export type ProblemKind =
  | "no-network"
  | "signed-out"
  | "forbidden"
  | "not-found"
  | "too-many"
  | "invalid"
  | "conflict"
  | "changed"
  | "server"
  | "unexpected";

/** What is wrong with one field of what was sent. */
export interface FieldError {
  field: string;
  message: string;
}

/** Why a request failed, in a form that a page can show. `reference` is what a person quotes. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  constructor(
    readonly kind: ProblemKind,
    readonly reference: string,
    readonly detail: string | null = null,
    readonly errors: readonly FieldError[] = [],
    /** The last part of the problem's stable type, such as "last-owner"; empty when it has none. */
    readonly type = "",
  ) {
    super(detail ?? kind);
  }
}

const kindByStatus: Record<number, ProblemKind> = {
  400: "invalid",
  401: "signed-out",
  403: "forbidden",
  404: "not-found",
  408: "server",
  409: "conflict",
  412: "changed",
  422: "invalid",
  429: "too-many",
};

export function kindForStatus(status: number): ProblemKind {
  return kindByStatus[status] ?? (status >= 500 ? "server" : "unexpected");
}

/** The gateway's request id where it shows one, else the time, by which logs can be searched. */
export function referenceFor(headers: Headers | null, status: number | null, now: Date): string {
  const id = headers?.get("apigw-requestid") ?? headers?.get("x-amzn-requestid");
  if (id) return id;
  const time = now.toISOString().replace(/\.\d+Z$/, "Z");
  return status === null ? time : `${status} · ${time}`;
}

function fieldErrors(given: unknown): FieldError[] {
  if (!Array.isArray(given)) return [];
  return given.filter(
    (each: Partial<FieldError> | null): each is FieldError =>
      typeof each?.field === "string" && typeof each.message === "string",
  );
}

export async function problemFrom(response: Response, now = new Date()): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const detail = [fields.detail, fields.title].find((field) => typeof field === "string" && field !== "");
  return new ApiProblem(
    kindForStatus(response.status),
    referenceFor(response.headers, response.status, now),
    (detail as string | undefined) ?? null,
    fieldErrors(fields.errors),
    typeof fields.type === "string" ? (fields.type.split(/[/:#]/).at(-1) ?? "") : "",
  );
}

/** Whatever was thrown, as a problem. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem("unexpected", referenceFor(null, null, new Date()));
}
