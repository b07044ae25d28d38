import { beforeEach, expect, it, vi } from "vitest";
import type { Tokens } from "./cognito";
import { SignInFailure } from "./cognitoCall";
import { SessionKeeper, SignedOut } from "./SessionKeeper";

const tokens = (accessToken: string, expiresIn = 3600): Tokens => ({ accessToken, refreshToken: "r1", expiresIn });
const refresh = vi.fn<(refreshToken: string) => Promise<Tokens>>();
let now = 0;

function keeper(): SessionKeeper {
  return new SessionKeeper({ storage: localStorage, refresh, now: () => now });
}

beforeEach(() => {
  now = 1_000_000;
  refresh.mockReset();
});

it("uses a fresh token as it is", async () => {
  const subject = keeper();
  subject.signedIn("a@b.test", tokens("t1"));
  expect(await subject.accessToken()).toBe("t1");
  expect(refresh).not.toHaveBeenCalled();
});

it("renews a dying token once for all who ask, and keeps the old refresh token if none comes", async () => {
  const subject = keeper();
  subject.signedIn("a@b.test", tokens("t1"));
  now += 3_550_000;
  refresh.mockResolvedValueOnce({ accessToken: "t2", refreshToken: null, expiresIn: 3600 });
  expect(await Promise.all([subject.accessToken(), subject.accessToken()])).toEqual(["t2", "t2"]);
  expect(refresh).toHaveBeenCalledExactlyOnceWith("r1");
  expect(subject.read().session).toMatchObject({ refreshToken: "r1", expiresAt: now + 3_600_000 });
});

it("survives a reload", async () => {
  keeper().signedIn("a@b.test", tokens("t1"));
  const again = keeper();
  expect(again.read().session?.email).toBe("a@b.test");
  expect(await again.accessToken()).toBe("t1");
});

it("ends the session when the refresh token is refused, and says so", async () => {
  const subject = keeper();
  subject.signedIn("a@b.test", tokens("t1", 30));
  refresh.mockRejectedValueOnce(new SignInFailure("wrong-password"));
  await expect(subject.accessToken()).rejects.toBeInstanceOf(SignedOut);
  expect(subject.read()).toEqual({ session: null, ended: true });
  expect(localStorage.length).toBe(0);
});

it("stays signed in when offline, with the old token while it lives", async () => {
  const subject = keeper();
  subject.signedIn("a@b.test", tokens("t1", 30));
  refresh.mockRejectedValue(new SignInFailure("no-network"));
  expect(await subject.accessToken()).toBe("t1");
  now += 31_000;
  await expect(subject.accessToken()).rejects.toMatchObject({ reason: "no-network" });
  expect(subject.read().session).not.toBeNull();
});

it("does not come back to life when a refresh ends after signing out", async () => {
  const subject = keeper();
  subject.signedIn("a@b.test", tokens("t1", 30));
  let finish: (renewed: Tokens) => void = () => undefined;
  refresh.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
  const asked = subject.accessToken();
  subject.signOut();
  finish(tokens("t2"));
  await expect(asked).rejects.toBeInstanceOf(SignedOut);
  expect(subject.read().session).toBeNull();
});

it("follows another tab that signs out", () => {
  const subject = keeper();
  subject.signedIn("a@b.test", tokens("t1"));
  const told = vi.fn();
  subject.subscribe(told);
  subject.adopt(null);
  expect(told).toHaveBeenCalledOnce();
  expect(subject.read()).toEqual({ session: null, ended: false });
});

it("starts signed out from damaged or dead storage", () => {
  localStorage.setItem(SessionKeeper.storageKey, "{");
  expect(keeper().read().session).toBeNull();
  localStorage.setItem(
    SessionKeeper.storageKey,
    JSON.stringify({ email: "a", accessToken: "t", refreshToken: null, expiresAt: now - 1 }),
  );
  expect(keeper().read()).toEqual({ session: null, ended: true });
});
