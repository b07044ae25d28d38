import { beforeEach, expect, it, vi } from "vitest";
import { refreshTokens, signIn } from "./cognito";
import { reasonFor } from "./cognitoCall";

const config = { apiUrl: "", cognitoUrl: "https://idp.test", userPoolClientId: "client", region: "r", hostedSignInUrl: "" };
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

it.each([
  ["NotAuthorizedException", "Incorrect username or password.", "wrong-password"],
  ["com.amazonaws.cognito#UserNotFoundException", "", "unknown-user"],
  ["NotAuthorizedException", "Password attempts exceeded", "too-many-tries"],
  ["LimitExceededException", "", "too-many-tries"],
  ["UserNotConfirmedException", "", "not-confirmed"],
  ["InternalErrorException", "", "unexpected"],
  [undefined, undefined, "unexpected"],
])("%s (%s): %s", (type, message, reason) => {
  expect(reasonFor(type, message)).toBe(reason);
});

it("speaks Cognito's wire form", async () => {
  const granted = { AuthenticationResult: { AccessToken: "a", RefreshToken: "r", ExpiresIn: 60 } };
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(granted)));
  expect(await signIn(config, "x@y.test", "pw")).toEqual({
    kind: "done",
    tokens: { accessToken: "a", refreshToken: "r", expiresIn: 60 },
  });
  const [url, init] = fetched.mock.calls[0] ?? [];
  expect(url).toBe("https://idp.test/");
  expect(init?.headers).toMatchObject({ "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth" });
  expect(JSON.parse(init?.body as string)).toEqual({
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: "client",
    AuthParameters: { USERNAME: "x@y.test", PASSWORD: "pw" },
  });
});

it("asks for a new password after a temporary one", async () => {
  const challenge = { ChallengeName: "NEW_PASSWORD_REQUIRED", Session: "s", ChallengeParameters: { USER_ID_FOR_SRP: "id" } };
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(challenge)));
  expect(await signIn(config, "x@y.test", "pw")).toEqual({ kind: "choose-password", username: "id", challenge: "s" });
});

it("tells a missing network from a refusal", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  await expect(signIn(config, "x", "y")).rejects.toMatchObject({ reason: "no-network" });
});

it("gives no refresh token where Cognito sends none", async () => {
  fetched.mockResolvedValueOnce(new Response(JSON.stringify({ AuthenticationResult: { AccessToken: "b" } })));
  expect(await refreshTokens(config, "r")).toEqual({ accessToken: "b", refreshToken: null, expiresIn: 3600 });
});
