import type { Config } from "../config";
import { call, SignInFailure, type CognitoAnswer } from "./cognitoCall";

/** What Cognito grants: `expiresIn` counts seconds. A refresh may bring no new refresh token. */
export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  expiresIn: number;
}

export type SignInStep =
  | { kind: "done"; tokens: Tokens }
  | { kind: "choose-password"; username: string; challenge: string }
  | { kind: "second-factor"; username: string; challenge: string };

const challenges: Record<string, "choose-password" | "second-factor"> = {
  NEW_PASSWORD_REQUIRED: "choose-password",
  SOFTWARE_TOKEN_MFA: "second-factor",
};

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
  const kind = challenges[answer.ChallengeName ?? ""];
  if (kind && answer.Session) {
    return { kind, username: answer.ChallengeParameters?.USER_ID_FOR_SRP ?? email, challenge: answer.Session };
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

/** The six digits that the person's app shows. */
export async function giveSecondFactor(
  config: Config,
  username: string,
  challenge: string,
  code: string,
): Promise<SignInStep> {
  const answer = await call(config, "RespondToAuthChallenge", {
    ChallengeName: "SOFTWARE_TOKEN_MFA",
    ClientId: config.userPoolClientId,
    Session: challenge,
    ChallengeResponses: { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code },
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
