import { beforeEach, expect, it, vi } from "vitest";
import { SessionKeeper } from "../session/SessionKeeper";
import { createApi } from "./client";

const tokens = (accessToken: string) => ({ accessToken, refreshToken: "r", expiresIn: 3600 });
const fetched = vi.fn<(url: string, init: { headers: Record<string, string> }) => Promise<Response>>();
const refresh = vi.fn<() => Promise<ReturnType<typeof tokens>>>();

function signedInApi() {
  const keeper = new SessionKeeper({ storage: localStorage, refresh });
  keeper.signedIn("a@b.test", tokens("old"));
  return { api: createApi("https://api.test", keeper), keeper };
}

const json = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));

beforeEach(() => {
  fetched.mockReset();
  refresh.mockReset();
  vi.stubGlobal("fetch", fetched);
});

it("asks with the token, the limit and the cursor", async () => {
  fetched.mockReturnValueOnce(json(200, { items: [], next_cursor: null }));
  await signedInApi().api.messages("whatsapp.a/b", "c=");
  expect(fetched.mock.calls[0]?.[0]).toBe("https://api.test/v1/conversations/whatsapp.a%2Fb/messages?limit=50&cursor=c%3D");
  expect(fetched.mock.calls[0]?.[1].headers.Authorization).toBe("Bearer old");
});

it.each([401, 403])("renews the token once after %i and asks again", async (status) => {
  fetched.mockReturnValueOnce(json(status, {})).mockReturnValueOnce(json(200, { items: [], next_cursor: null }));
  refresh.mockResolvedValueOnce(tokens("new"));
  await signedInApi().api.conversations(null, null);
  expect(fetched.mock.calls[1]?.[1].headers.Authorization).toBe("Bearer new");
});

it("reports what stays refused", async () => {
  fetched.mockImplementation(() => json(403, {}));
  refresh.mockResolvedValueOnce(tokens("new"));
  await expect(signedInApi().api.me()).rejects.toMatchObject({ kind: "forbidden" });
  expect(fetched).toHaveBeenCalledTimes(2);
});

it("tells a lost connection from a refusal", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(signedInApi().api.me()).rejects.toMatchObject({ kind: "no-network" });
});

it("does not take a page for a list that is none", async () => {
  fetched.mockReturnValueOnce(json(200, { hello: 1 }));
  await expect(signedInApi().api.conversations(null, null)).rejects.toMatchObject({ kind: "unexpected" });
});

it("asks nothing when signed out", async () => {
  const { api, keeper } = signedInApi();
  keeper.signOut();
  await expect(api.me()).rejects.toMatchObject({ kind: "signed-out" });
  expect(fetched).not.toHaveBeenCalled();
});

it("sends one idempotency key with every try of a POST, and none with a GET", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockReturnValueOnce(json(201, {}));
  const { api } = signedInApi();
  await api.createWorkspace("Warung");
  const [first, second] = fetched.mock.calls.map(([, init]) => init.headers["Idempotency-Key"]);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toBe(first);
  fetched.mockReturnValueOnce(json(200, {}));
  await api.me();
  expect(fetched.mock.calls[2]?.[1].headers).not.toHaveProperty("Idempotency-Key");
});

it("renames under the revision, and takes an answer without a body", async () => {
  fetched.mockReturnValueOnce(json(200, {})).mockReturnValueOnce(Promise.resolve(new Response(null, { status: 204 })));
  const { api } = signedInApi();
  await api.renameWorkspace("Warung", 7);
  expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({ "If-Match": '"7"', "Content-Type": "application/json" });
  expect(await api.leaveWorkspace()).toBeUndefined();
});

it("does not renew a good token because the API says no", async () => {
  const headers = { "Content-Type": "application/problem+json" };
  const body = JSON.stringify({ type: "urn:kabar:problem:only-owners" });
  fetched.mockResolvedValueOnce(new Response(body, { status: 403, headers }));
  await expect(signedInApi().api.setRole("u", "owner")).rejects.toMatchObject({ type: "only-owners" });
  expect(refresh).not.toHaveBeenCalled();
});
