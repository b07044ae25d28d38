import type { Config } from "../config";
import { call, SignInFailure } from "./cognitoCall";

const softwareToken = "SOFTWARE_TOKEN_MFA";

/** Whether sign-in asks this person for a second factor. */
export async function hasSecondFactor(config: Config, token: string): Promise<boolean> {
  const answer = await call(config, "GetUser", { AccessToken: token });
  return answer.UserMFASettingList?.includes(softwareToken) ?? false;
}

/** A new secret, in base 32; it counts once a code made with it was shown. */
export async function newSecret(config: Config, token: string): Promise<string> {
  const { SecretCode } = await call(config, "AssociateSoftwareToken", { AccessToken: token });
  if (!SecretCode) throw new SignInFailure("unexpected");
  return SecretCode;
}

/** Proves that the app holds the secret, and asks for its codes from now on. */
export async function turnOn(config: Config, token: string, code: string): Promise<void> {
  const answer = (await call(config, "VerifySoftwareToken", {
    AccessToken: token,
    UserCode: code,
    FriendlyDeviceName: "Kabar",
  })) as { Status?: string };
  if (answer.Status !== "SUCCESS") throw new SignInFailure("wrong-code");
  await prefer(config, token, true);
}

export async function turnOff(config: Config, token: string): Promise<void> {
  await prefer(config, token, false);
}

async function prefer(config: Config, token: string, on: boolean): Promise<void> {
  await call(config, "SetUserMFAPreference", {
    AccessToken: token,
    SoftwareTokenMfaSettings: { Enabled: on, PreferredMfa: on },
  });
}

/** What authenticator apps read from a QR code. */
export function keyUri(email: string, secret: string): string {
  const label = `Kabar:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: "Kabar" })}`;
}
