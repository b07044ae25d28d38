/** People who sign up, in memory. Every code is 123456; the token is "<email> <number>". */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readJson, send } from "./answers.ts";

interface Account {
  password: string;
  confirmed: boolean;
  secondFactor: boolean;
}

const code = "123456";
const accounts = new Map<string, Account>([
  ["demo@kabar.test", { password: "kabar-demo-1", confirmed: true, secondFactor: false }],
  ["akuntan@mitra.example", { password: "kabar-demo-1", confirmed: true, secondFactor: false }],
]);

let counter = 0;

export function emailOf(authorization: string | undefined): string | null {
  return authorization?.replace(/^Bearer /, "").split(" ")[0] ?? null;
}

const granted = (email: string) => ({
  AuthenticationResult: { AccessToken: `${email} ${(counter += 1)}`, RefreshToken: email, ExpiresIn: 3600 },
});

class Refusal extends Error {}

type Given = Record<string, unknown>;
type Operation = (given: Given) => unknown;

function account(email: unknown): Account {
  const found = accounts.get(String(email));
  if (!found) throw new Refusal("NotAuthorizedException");
  return found;
}

function mustFit(given: unknown): void {
  if (given !== code) throw new Refusal("CodeMismatchException");
}

const operations: Record<string, Operation> = {
  InitiateAuth({ AuthFlow, AuthParameters }) {
    const { USERNAME = "", PASSWORD, REFRESH_TOKEN = "" } = AuthParameters as Record<string, string>;
    if (AuthFlow === "REFRESH_TOKEN_AUTH") return granted(REFRESH_TOKEN);
    const { password, confirmed, secondFactor } = account(USERNAME);
    if (password !== PASSWORD) throw new Refusal("NotAuthorizedException");
    if (!confirmed) throw new Refusal("UserNotConfirmedException");
    if (secondFactor) return { ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "s", ChallengeParameters: { USER_ID_FOR_SRP: USERNAME } };
    return granted(USERNAME);
  },
  RespondToAuthChallenge({ ChallengeResponses }) {
    const { USERNAME = "", SOFTWARE_TOKEN_MFA_CODE } = ChallengeResponses as Record<string, string>;
    mustFit(SOFTWARE_TOKEN_MFA_CODE);
    return granted(USERNAME);
  },
  SignUp({ Username, Password }) {
    if (accounts.has(String(Username))) throw new Refusal("UsernameExistsException");
    accounts.set(String(Username), { password: String(Password), confirmed: false, secondFactor: false });
    return { UserConfirmed: false };
  },
  ConfirmSignUp({ Username, ConfirmationCode }) {
    mustFit(ConfirmationCode);
    account(Username).confirmed = true;
    return {};
  },
  ConfirmForgotPassword({ Username, ConfirmationCode, Password }) {
    mustFit(ConfirmationCode);
    account(Username).password = String(Password);
    return {};
  },
  GetUser: ({ AccessToken }) => ({
    UserMFASettingList: account(emailOf(String(AccessToken))).secondFactor ? ["SOFTWARE_TOKEN_MFA"] : [],
  }),
  AssociateSoftwareToken: () => ({ SecretCode: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPABCD" }),
  VerifySoftwareToken({ UserCode }) {
    if (UserCode !== code) throw new Refusal("EnableSoftwareTokenMFAException");
    return { Status: "SUCCESS" };
  },
  SetUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings }) {
    account(emailOf(String(AccessToken))).secondFactor = (SoftwareTokenMfaSettings as { Enabled: boolean }).Enabled;
    return {};
  },
  ChangePassword({ AccessToken, PreviousPassword, ProposedPassword }) {
    const found = account(emailOf(String(AccessToken)));
    if (found.password !== PreviousPassword) throw new Refusal("NotAuthorizedException");
    found.password = String(ProposedPassword);
    return {};
  },
};

export async function cognito(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
  try {
    send(response, 200, operations[name]?.(await readJson(request)) ?? {});
  } catch (failure) {
    send(response, 400, { __type: failure instanceof Refusal ? failure.message : "InternalErrorException", message: "" });
  }
}
