import type { Tokens } from "./cognito";
import { SignInFailure } from "./cognitoCall";
import { hasExpired, needsRefresh, parseSession, sessionFrom, type Session } from "./session";

export class SignedOut extends Error {
  override name = "SignedOut";
}

export interface SessionState {
  session: Session | null;
  /** True when the session ended by itself and the person should be told. */
  ended: boolean;
}

interface KeeperParts {
  storage: Storage;
  refresh: (refreshToken: string) => Promise<Tokens>;
  now?: () => number;
}

const storageKey = "kabar.session";

/** Holds the session, renews it once for all who ask, and tells listeners when it changes. */
export class SessionKeeper {
  private state: SessionState;
  private readonly listeners = new Set<() => void>();
  private refreshing: Promise<string> | null = null;
  private readonly storage: Storage;
  private readonly refresh: KeeperParts["refresh"];
  private readonly now: () => number;

  constructor({ storage, refresh, now = Date.now }: KeeperParts) {
    this.storage = storage;
    this.refresh = refresh;
    this.now = now;
    const session = parseSession(storage.getItem(storageKey));
    const dead = session !== null && session.refreshToken === null && hasExpired(session, now());
    this.state = { session: dead ? null : session, ended: dead };
  }

  read = (): SessionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another tab signed in or out. */
  adopt(stored: string | null): void {
    const session = parseSession(stored);
    if (session?.accessToken !== this.state.session?.accessToken) this.set({ session, ended: false }, false);
  }

  static readonly storageKey = storageKey;

  signedIn(email: string, tokens: Tokens): void {
    this.set({ session: sessionFrom(email, tokens, this.now()), ended: false });
  }

  signOut(ended = false): void {
    this.set({ session: null, ended });
  }

  /** An access token that is good for the next minute. Throws SignedOut when there is none to be had. */
  async accessToken(): Promise<string> {
    const { session } = this.state;
    if (session === null) throw new SignedOut();
    return needsRefresh(session, this.now()) ? this.renew() : session.accessToken;
  }

  /** A new access token even if the old one looks good: the server refused it. */
  renew(): Promise<string> {
    this.refreshing ??= this.renewOnce().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async renewOnce(): Promise<string> {
    const { session } = this.state;
    if (session === null) throw new SignedOut();
    if (session.refreshToken === null) {
      this.signOut(true);
      throw new SignedOut();
    }
    try {
      const tokens = await this.refresh(session.refreshToken);
      if (this.state.session !== session) throw new SignedOut(); // signed out meanwhile
      this.set({ session: sessionFrom(session.email, tokens, this.now(), session), ended: false });
      return tokens.accessToken;
    } catch (failure) {
      if (failure instanceof SignInFailure && failure.reason === "no-network") {
        // The old token may still have a moment; being offline is no reason to sign out.
        if (!hasExpired(session, this.now())) return session.accessToken;
        throw failure;
      }
      if (failure instanceof SignInFailure && failure.reason !== "too-many-tries" && failure.reason !== "unexpected") {
        this.signOut(true);
        throw new SignedOut();
      }
      throw failure;
    }
  }

  private set(state: SessionState, store = true): void {
    this.state = state;
    if (store) {
      if (state.session === null) this.storage.removeItem(storageKey);
      else this.storage.setItem(storageKey, JSON.stringify(state.session));
    }
    for (const listener of this.listeners) listener();
  }
}
