import type { Tokens } from "./cognito";

/** A signed-in person; `expiresAt` in milliseconds since the epoch. */
export interface Session {
  email: string;
  accessToken: string;
  refreshToken: string | null;
  expiresAt: number;
}

/** Refreshed this long before the end, so that no request starts with a dying token. */
export const refreshMarginMs = 60_000;

export function sessionFrom(email: string, tokens: Tokens, now: number, earlier?: Session): Session {
  return {
    email,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken ?? earlier?.refreshToken ?? null,
    expiresAt: now + tokens.expiresIn * 1000,
  };
}

export function needsRefresh(session: Session, now: number): boolean {
  return session.expiresAt - now <= refreshMarginMs;
}

export function hasExpired(session: Session, now: number): boolean {
  return session.expiresAt <= now;
}

export function parseSession(stored: string | null): Session | null {
  if (stored === null) return null;
  try {
    const value = JSON.parse(stored) as Partial<Session> | null;
    if (typeof value?.accessToken !== "string" || typeof value.expiresAt !== "number") return null;
    return {
      email: typeof value.email === "string" ? value.email : "",
      accessToken: value.accessToken,
      refreshToken: typeof value.refreshToken === "string" ? value.refreshToken : null,
      expiresAt: value.expiresAt,
    };
  } catch {
    return null;
  }
}
