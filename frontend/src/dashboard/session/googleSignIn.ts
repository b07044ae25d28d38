/** Signing in with Google over the user pool's hosted address: authorization code, PKCE, state. */
import type { Config } from "../config";
import { safeNext, signedInAddress } from "../paths";
import type { Tokens } from "./cognito";

/** Why Google's answer did not become a session. */
export type GoogleReason = "refused" | "not-ours" | "no-network" | "unexpected";

export class GoogleFailure extends Error {
  override name = "GoogleFailure";
  constructor(readonly reason: GoogleReason) {
    super(reason);
  }
}

/** What must outlive the way to Google and back. */
interface Begun {
  state: string;
  verifier: string;
  next: string;
}

export interface SignedIn {
  email: string;
  tokens: Tokens;
  /** Where the person wanted to go. */
  next: string;
}

const storageKey = "kabar.google";
// The last one lets the page manage the person's second factor.
const scopes = "openid email aws.cognito.signin.user.admin";

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function randomText(bytes: number): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** The S256 challenge of RFC 7636. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** Remembers this attempt and answers the address to go to. */
export async function beginGoogle(config: Config, storage: Storage, origin: string, next: string): Promise<string> {
  const begun: Begun = { state: randomText(24), verifier: randomText(48), next };
  storage.setItem(storageKey, JSON.stringify(begun));
  const query = new URLSearchParams({
    response_type: "code",
    identity_provider: "Google",
    client_id: config.userPoolClientId,
    redirect_uri: `${origin}${signedInAddress}`,
    scope: scopes,
    state: begun.state,
    code_challenge: await challengeOf(begun.verifier),
    code_challenge_method: "S256",
  });
  return `${config.hostedSignInUrl}/oauth2/authorize?${query}`;
}

function takeBegun(storage: Storage): Begun | null {
  const stored = storage.getItem(storageKey);
  storage.removeItem(storageKey); // An answer is good once.
  try {
    const begun = JSON.parse(stored ?? "null") as Partial<Begun> | null;
    if (typeof begun?.state !== "string" || typeof begun.verifier !== "string") return null;
    return { state: begun.state, verifier: begun.verifier, next: safeNext(begun.next ?? null) };
  } catch {
    return null;
  }
}

/** Makes a session of the address that Google's answer came to. Throws GoogleFailure. */
export async function finishGoogle(config: Config, storage: Storage, origin: string, search: string): Promise<SignedIn> {
  const answer = new URLSearchParams(search);
  const begun = takeBegun(storage);
  if (begun === null || answer.get("state") !== begun.state) throw new GoogleFailure("not-ours");
  const code = answer.get("code");
  if (code === null) throw new GoogleFailure(answer.has("error") ? "refused" : "unexpected");
  const granted = await redeem(config, {
    grant_type: "authorization_code",
    client_id: config.userPoolClientId,
    redirect_uri: `${origin}${signedInAddress}`,
    code,
    code_verifier: begun.verifier,
  });
  if (typeof granted.access_token !== "string") throw new GoogleFailure("unexpected");
  return {
    email: emailIn(granted.id_token),
    next: begun.next,
    tokens: {
      accessToken: granted.access_token,
      refreshToken: typeof granted.refresh_token === "string" ? granted.refresh_token : null,
      expiresIn: typeof granted.expires_in === "number" ? granted.expires_in : 3600,
    },
  };
}

async function redeem(config: Config, given: Record<string, string>): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(`${config.hostedSignInUrl}/oauth2/token`, { method: "POST", body: new URLSearchParams(given) });
  } catch {
    throw new GoogleFailure("no-network");
  }
  // A code that was used or has waited too long.
  if (response.status === 400) throw new GoogleFailure("not-ours");
  if (!response.ok) throw new GoogleFailure("unexpected");
  return (await response.json().catch(() => ({}))) as Record<string, unknown>;
}

/** Shown only, so it need not be proven here: the token came straight from the pool. */
function emailIn(idToken: unknown): string {
  try {
    const body = String(idToken).split(".")[1] ?? "";
    const claims = JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))) as { email?: unknown };
    return typeof claims.email === "string" ? claims.email : "";
  } catch {
    return "";
  }
}
