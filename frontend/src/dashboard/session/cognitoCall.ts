import type { Config } from "../config";

export type SignInReason =
  | "wrong-password"
  | "unknown-user"
  | "not-confirmed"
  | "password-reset"
  | "weak-password"
  | "address-taken"
  | "wrong-code"
  | "expired-code"
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
  UsernameExistsException: "address-taken",
  AliasExistsException: "address-taken",
  CodeMismatchException: "wrong-code",
  EnableSoftwareTokenMFAException: "wrong-code",
  ExpiredCodeException: "expired-code",
  TooManyFailedAttemptsException: "too-many-tries",
  TooManyRequestsException: "too-many-tries",
  LimitExceededException: "too-many-tries",
};

export interface CognitoAnswer {
  __type?: string;
  message?: string;
  ChallengeName?: string;
  Session?: string;
  ChallengeParameters?: Record<string, string>;
  SecretCode?: string;
  UserConfirmed?: boolean;
  UserMFASettingList?: string[];
  AuthenticationResult?: { AccessToken?: string; RefreshToken?: string; ExpiresIn?: number };
}

export function reasonFor(type: string | undefined, message: string | undefined): SignInReason {
  // The type may come as a full name: "com.amazonaws.cognito#NotAuthorizedException".
  const name = (type ?? "").split("#").pop() ?? "";
  if (name === "NotAuthorizedException" && /attempts exceeded/i.test(message ?? "")) return "too-many-tries";
  return reasons[name] ?? "unexpected";
}

export async function call(config: Config, operation: string, body: unknown): Promise<CognitoAnswer> {
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
