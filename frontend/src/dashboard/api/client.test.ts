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
  await signedInApi().api.conversations(null);
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
  await expect(signedInApi().api.conversations(null)).rejects.toMatchObject({ kind: "unexpected" });
});

it("asks nothing when signed out", async () => {
  const { api, keeper } = signedInApi();
  keeper.signOut();
  await expect(api.me()).rejects.toMatchObject({ kind: "signed-out" });
  expect(fetched).not.toHaveBeenCalled();
});
