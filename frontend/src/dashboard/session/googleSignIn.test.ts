import { beforeEach, expect, it, vi } from "vitest";
import { beginGoogle, challengeOf, finishGoogle, GoogleFailure } from "./googleSignIn";

const config = {
  apiUrl: "https://api.test",
  cognitoUrl: "https://idp.test",
  userPoolClientId: "client",
  region: "r",
  hostedSignInUrl: "https://kabar.auth.test",
};
const origin = "https://dashboard.test";
const claims = btoa(JSON.stringify({ email: "ana@kabar.test" })).replaceAll("=", "");
const granted = { access_token: "access", refresh_token: "refresh", id_token: `h.${claims}.s`, expires_in: 3600 };
const posted: [url: string, body: URLSearchParams][] = [];
let answer = () => Promise.resolve(new Response(JSON.stringify(granted)));

beforeEach(() => {
  sessionStorage.clear();
  posted.length = 0;
  answer = () => Promise.resolve(new Response(JSON.stringify(granted)));
  vi.stubGlobal("fetch", (url: string, init: { body: URLSearchParams }) => {
    posted.push([url, init.body]);
    return answer();
  });
});

async function begun(next = "/contacts?tag=vip"): Promise<URLSearchParams> {
  const url = new URL(await beginGoogle(config, sessionStorage, origin, next));
  expect(url.origin + url.pathname).toBe("https://kabar.auth.test/oauth2/authorize");
  return url.searchParams;
}

const finish = (search: string) => finishGoogle(config, sessionStorage, origin, search);
const reasonOf = async (work: Promise<unknown>) => {
  const failure: unknown = await work.then(() => null, (thrown: unknown) => thrown);
  return failure instanceof GoogleFailure ? failure.reason : failure;
};

it("makes the challenge of RFC 7636's example", async () => {
  expect(await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

it("asks for a code, with a new state and challenge each time", async () => {
  const first = await begun();
  const second = await begun();
  expect(first.get("response_type")).toBe("code");
  expect(first.get("identity_provider")).toBe("Google");
  expect(first.get("redirect_uri")).toBe("https://dashboard.test/signed-in");
  expect(first.get("code_challenge_method")).toBe("S256");
  expect(second.get("state")).not.toBe(first.get("state"));
  expect(second.get("code_challenge")).not.toBe(first.get("code_challenge"));
});

it("redeems the code with the verifier that the challenge was made of", async () => {
  const asked = await begun();
  const signedIn = await finish(`?code=c0de&state=${asked.get("state")}`);
  expect(signedIn).toEqual({
    email: "ana@kabar.test",
    next: "/contacts?tag=vip",
    tokens: { accessToken: "access", refreshToken: "refresh", expiresIn: 3600 },
  });
  const [url, body] = posted[0] ?? ["", new URLSearchParams()];
  expect(url).toBe("https://kabar.auth.test/oauth2/token");
  expect(body.get("code")).toBe("c0de");
  expect(await challengeOf(body.get("code_verifier") ?? "")).toBe(asked.get("code_challenge"));
});

it("takes no answer that it did not ask for, and each only once", async () => {
  expect(await reasonOf(finish("?code=c&state=s"))).toBe("not-ours");
  const state = (await begun()).get("state");
  expect(await reasonOf(finish("?code=c&state=another"))).toBe("not-ours");
  expect(await reasonOf(finish(`?code=c&state=${state}`))).toBe("not-ours");
  expect(posted).toEqual([]);
});

it.each([
  ["?error=access_denied", "refused"],
  ["?", "unexpected"],
])("says why %s brings no session", async (search, reason) => {
  const state = (await begun()).get("state");
  expect(await reasonOf(finish(`${search}&state=${state}`))).toBe(reason);
});

it.each<[string, () => Promise<Response>, string]>([
  ["a used code", () => Promise.resolve(new Response("{}", { status: 400 })), "not-ours"],
  ["a broken service", () => Promise.resolve(new Response("", { status: 500 })), "unexpected"],
  ["no token", () => Promise.resolve(new Response("{}")), "unexpected"],
  ["no network", () => Promise.reject(new TypeError("failed to fetch")), "no-network"],
])("names %s", async (_, given, reason) => {
  answer = given;
  const state = (await begun()).get("state");
  expect(await reasonOf(finish(`?code=c&state=${state}`))).toBe(reason);
});

it("leads nowhere outside afterwards", async () => {
  const state = (await begun("//evil.example")).get("state");
  expect((await finish(`?code=c&state=${state}`)).next).toBe("/");
});
