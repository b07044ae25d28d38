import type { Config } from "../config";
import { call } from "./cognitoCall";

/** A new account; true when its address needs no code. */
export async function signUp(config: Config, email: string, password: string): Promise<boolean> {
  const answer = await call(config, "SignUp", {
    ClientId: config.userPoolClientId,
    Username: email,
    Password: password,
    UserAttributes: [{ Name: "email", Value: email }],
  });
  return answer.UserConfirmed === true;
}

export async function confirmSignUp(config: Config, email: string, code: string): Promise<void> {
  await call(config, "ConfirmSignUp", { ClientId: config.userPoolClientId, Username: email, ConfirmationCode: code });
}

export async function resendCode(config: Config, email: string): Promise<void> {
  await call(config, "ResendConfirmationCode", { ClientId: config.userPoolClientId, Username: email });
}
