import type { Config } from "../config";
import { call } from "./cognitoCall";

/** The user pool's own rule, so that most passwords are judged before they travel. */
export function isStrong(password: string): boolean {
  return password.length >= 12 && [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\p{N}\s]/u].every((rule) => rule.test(password));
}

export async function askForReset(config: Config, email: string): Promise<void> {
  await call(config, "ForgotPassword", { ClientId: config.userPoolClientId, Username: email });
}

export async function resetPassword(config: Config, email: string, code: string, password: string): Promise<void> {
  await call(config, "ConfirmForgotPassword", {
    ClientId: config.userPoolClientId,
    Username: email,
    ConfirmationCode: code,
    Password: password,
  });
}

export async function changePassword(config: Config, token: string, previous: string, proposed: string): Promise<void> {
  await call(config, "ChangePassword", {
    AccessToken: token,
    PreviousPassword: previous,
    ProposedPassword: proposed,
  });
}
