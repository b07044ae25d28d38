import type { Config } from "../config";

/** What Cognito grants: `expiresIn` counts seconds. A refresh may bring no new refresh token. */
export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  expiresIn: number;
}

export type SignInStep =
  | { kind: "done"; tokens: Tokens }
  | { kind: "choose-password"; username: string; challenge: string };

export type SignInReason =
  | "wrong-password"
  | "unknown-user"
  | "not-confirmed"
  | "password-reset"
  | "weak-password"
  | "too-many-tries"
  | "no-network"
  | "challenge-unknown"
  | "unexpected";

export class SignInFailure extends Error {
  override name = "SignInFailure";
  constructor(readonly reason: SignInReason) {
    super(reason);
  }
}

const reasons: Record<string, SignInReason> = {
  NotAuthorizedException: "wrong-password",
  UserNotFoundException: "unknown-user",
  UserNotConfirmedException: "not-confirmed",
  PasswordResetRequiredException: "password-reset",
  InvalidPasswordException: "weak-password",
  TooManyRequestsException: "too-many-tries",
  LimitExceededException: "too-many-tries",
};

interface CognitoAnswer {
  __type?: string;
  message?: string;
  ChallengeName?: string;
  Session?: string;
  ChallengeParameters?: Record<string, string>;
  AuthenticationResult?: { AccessToken?: string; RefreshToken?: string; ExpiresIn?: number };
}

export function reasonFor(type: string | undefined, message: string | undefined): SignInReason {
  // The type may come as a full name: "com.amazonaws.cognito#NotAuthorizedException".
  const name = (type ?? "").split("#").pop() ?? "";
  if (name === "NotAuthorizedException" && /attempts exceeded/i.test(message ?? "")) return "too-many-tries";
  return reasons[name] ?? "unexpected";
}

async function call(config: Config, operation: string, body: unknown): Promise<CognitoAnswer> {
  let response: Response;
  try {
    response = await fetch(`${config.cognitoUrl}/`, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(body),
    });
  } catch {
    throw new SignInFailure("no-network");
  }
  const answer = (await response.json().catch(() => ({}))) as CognitoAnswer;
  if (!response.ok) {
    throw new SignInFailure(reasonFor(answer.__type ?? response.headers.get("x-amzn-errortype") ?? "", answer.message));
  }
  return answer;
}

function stepFrom(answer: CognitoAnswer, email: string): SignInStep {
  const result = answer.AuthenticationResult;
  if (result?.AccessToken) {
    return {
      kind: "done",
      tokens: {
        accessToken: result.AccessToken,
        refreshToken: result.RefreshToken ?? null,
        expiresIn: result.ExpiresIn ?? 3600,
      },
    };
  }
  if (answer.ChallengeName === "NEW_PASSWORD_REQUIRED" && answer.Session) {
    const username = answer.ChallengeParameters?.USER_ID_FOR_SRP ?? email;
    return { kind: "choose-password", username, challenge: answer.Session };
  }
  throw new SignInFailure(answer.ChallengeName ? "challenge-unknown" : "unexpected");
}

export async function signIn(config: Config, email: string, password: string): Promise<SignInStep> {
  const answer = await call(config, "InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: config.userPoolClientId,
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  return stepFrom(answer, email);
}

export async function choosePassword(
  config: Config,
  username: string,
  challenge: string,
  newPassword: string,
): Promise<SignInStep> {
  const answer = await call(config, "RespondToAuthChallenge", {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    ClientId: config.userPoolClientId,
    Session: challenge,
    ChallengeResponses: { USERNAME: username, NEW_PASSWORD: newPassword },
  });
  return stepFrom(answer, username);
}

export async function refreshTokens(config: Config, refreshToken: string): Promise<Tokens> {
  const step = stepFrom(
    await call(config, "InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: config.userPoolClientId,
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
    "",
  );
  if (step.kind !== "done") throw new SignInFailure("unexpected");
  return step.tokens;
}

export async function revokeToken(config: Config, refreshToken: string): Promise<void> {
  await call(config, "RevokeToken", { ClientId: config.userPoolClientId, Token: refreshToken });
}
