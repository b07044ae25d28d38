/**
 * Meta's Embedded Signup. Its window tells two things on two ways, in either order: the code to its
 * own script, and which number was chosen by a message. Neither is trusted: the API asks Meta.
 */
import type { Signup, SignupOffered } from "../channelShapes";

interface FacebookSdk {
  init: (options: { appId: string; version: string; autoLogAppEvents: boolean; xfbml: boolean }) => void;
  login: (answer: (given: { authResponse: { code?: string } | null }) => void, options: Record<string, unknown>) => void;
}

declare global {
  interface Window {
    FB?: FacebookSdk;
  }
}

export class SignupBlocked extends Error {
  override name = "SignupBlocked";
}

export class SignupLeft extends Error {
  override name = "SignupLeft";
}

export class SignupRefused extends Error {
  override name = "SignupRefused";
}

const script = "https://connect.facebook.net/en_US/sdk.js";
const otherHalfWithinMs = 20_000; // of the thirty seconds that the code is good for

let loading: Promise<FacebookSdk> | null = null;

export function loadSdk(): Promise<FacebookSdk> {
  loading ??= new Promise<FacebookSdk>((resolve, reject) => {
    const element = document.createElement("script");
    element.src = script;
    element.async = true;
    element.crossOrigin = "anonymous";
    element.onload = () => (window.FB ? resolve(window.FB) : reject(new SignupBlocked("the script brought nothing")));
    element.onerror = () => {
      loading = null;
      element.remove();
      reject(new SignupBlocked("the script did not come"));
    };
    document.head.append(element);
  });
  return loading;
}

/** What a message says of the sign-up; null for any other message, from wherever it comes. */
export type SignupNews =
  | { kind: "chosen"; wabaId: string; phoneNumberId: string; coexistence: boolean }
  | { kind: "left" }
  | { kind: "refused"; reason: string };

export function signupNews(origin: string, data: unknown): SignupNews | null {
  if (!/^https:\/\/([a-z0-9-]+\.)*facebook\.com$/.test(origin)) return null;
  const message = parsed(data);
  if (message?.type !== "WA_EMBEDDED_SIGNUP") return null;
  const { event } = message;
  const told = (typeof message.data === "object" && message.data !== null ? message.data : {}) as Record<string, unknown>;
  if (event === "CANCEL" && !told.error_message) return { kind: "left" };
  if (event === "ERROR" || told.error_message) return { kind: "refused", reason: text(told.error_message) };
  if (typeof event !== "string" || !event.startsWith("FINISH")) return null;
  return {
    kind: "chosen",
    wabaId: text(told.waba_id),
    phoneNumberId: text(told.phone_number_id),
    coexistence: event === "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
  };
}

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

function parsed(data: unknown): Record<string, unknown> | null {
  if (typeof data === "object") return data as Record<string, unknown> | null;
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Opens the window. Throws SignupBlocked, SignupLeft or SignupRefused. */
export async function signUp(offered: SignupOffered, coexistence: boolean): Promise<Signup> {
  const sdk = await loadSdk();
  sdk.init({ appId: offered.app_id, version: offered.graph_version, autoLogAppEvents: false, xfbml: false });
  return new Promise((resolve, reject) => {
    let code: string | null = null;
    let chosen: Extract<SignupNews, { kind: "chosen" }> | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (finish: () => void) => {
      clearTimeout(timer);
      window.removeEventListener("message", hear);
      finish();
    };
    const goOn = () => {
      if (code !== null && chosen !== null) {
        const signup = { code, waba_id: chosen.wabaId, phone_number_id: chosen.phoneNumberId, coexistence: chosen.coexistence };
        end(() => resolve(signup));
      } else {
        timer ??= setTimeout(() => end(() => reject(new SignupLeft("one half did not come"))), otherHalfWithinMs);
      }
    };
    const hear = (message: MessageEvent) => {
      const news = signupNews(message.origin, message.data);
      if (news?.kind === "left") end(() => reject(new SignupLeft("closed")));
      if (news?.kind === "refused") end(() => reject(new SignupRefused(news.reason)));
      if (news?.kind === "chosen") {
        chosen = news;
        goOn();
      }
    };
    window.addEventListener("message", hear);
    sdk.login(
      ({ authResponse }) => {
        if (!authResponse?.code) {
          end(() => reject(new SignupLeft("no code")));
          return;
        }
        code = authResponse.code;
        goOn();
      },
      {
        config_id: offered.config_id,
        response_type: "code",
        override_default_response_type: true,
        extras: { setup: {}, ...(coexistence ? { featureType: "whatsapp_business_app_onboarding" } : {}) },
      },
    );
  });
}
