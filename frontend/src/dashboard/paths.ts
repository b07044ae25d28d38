import { useSearchParams } from "react-router";

/**
 * Ids hold dots, and a static host may take a path with a dot for a file; in the query they are safe.
 */
export const conversationParameter = "conversation";
export const entryParameter = "entry";

export function conversationPath(id: string): string {
  return `/inbox?${new URLSearchParams({ [conversationParameter]: id })}`;
}

export function entryPath(id: string): string {
  return `/inspection?${new URLSearchParams({ [entryParameter]: id })}`;
}

export const flowParameter = "flow";

export function flowPath(id: string): string {
  return `/flows/edit?${new URLSearchParams({ [flowParameter]: id })}`;
}

export const knowledgeParameter = "base";

/** Which evaluation of the knowledge base is looked at, and with which other it is compared. */
export const evaluationParameter = "evaluation";
export const comparedParameter = "with";

export function evaluationPath(base: string, evaluation: string, other?: string): string {
  const query = new URLSearchParams({ [knowledgeParameter]: base, [evaluationParameter]: evaluation });
  if (other !== undefined) query.set(comparedParameter, other);
  return `/knowledge?${query}`;
}

export function knowledgePath(id: string): string {
  return `/knowledge?${new URLSearchParams({ [knowledgeParameter]: id })}`;
}

export const templateParameter = "template";

export function templatePath(id: string): string {
  return `/templates/show?${new URLSearchParams({ [templateParameter]: id })}`;
}

/** To change a template, or to begin another from it. */
export function templateEditPath(id: string, how: "edit" | "copy"): string {
  return `/templates/${how === "edit" ? "edit" : "new"}?${new URLSearchParams({ [templateParameter]: id })}`;
}

export const campaignParameter = "campaign";
export const campaignsParameter = "campaigns";
export const campaignsAddress = "/campaigns";
export const newCampaignAddress = "/campaigns/new";

export function campaignPath(id: string): string {
  return `${campaignsAddress}/show?${new URLSearchParams({ [campaignParameter]: id })}`;
}

export function comparisonPath(ids: readonly string[]): string {
  return `${campaignsAddress}/compare?${new URLSearchParams({ [campaignsParameter]: ids.join(",") })}`;
}

export const newTemplateAddress = "/templates/new";
export const channelsAddress = "/channels";

export function channelPath(id: string): string {
  return `${channelsAddress}/${encodeURIComponent(id)}`;
}

export const webhookParameter = "webhook";

export function webhookPath(id: string): string {
  return `/settings/webhooks?${new URLSearchParams({ [webhookParameter]: id })}`;
}

export const nextParameter = "next";
export const tokenParameter = "token";
export const resetAddress = "/reset-password";
export const signUpAddress = "/sign-up";
/** Where the answer of another sign-in comes back to; the stage's configuration names it too. */
export const signedInAddress = "/signed-in";
const passing = new Set([resetAddress, signUpAddress, signedInAddress]);

function withNext(path: string, next: string): string {
  return next === "/" ? path : `${path}?${new URLSearchParams({ [nextParameter]: next })}`;
}

/** Where one goes on after signing up or resetting, as the address says. */
export function signUpPath(next: string): string {
  return withNext(signUpAddress, next);
}

export function resetPath(next: string): string {
  return withNext(resetAddress, next);
}

/** A path of ours, whatever the address claims: never another site, never back to such a page. */
export function safeNext(given: string | null): string {
  if (given === null || !/^\/(?![/\\])/.test(given)) return "/";
  const url = new URL(given, "http://kabar.invalid");
  const ours = url.host === "kabar.invalid" && !passing.has(url.pathname);
  return ours ? url.pathname + url.search : "/";
}

export function useNext(): string {
  const [parameters] = useSearchParams();
  return safeNext(parameters.get(nextParameter));
}

export const inviteAddress = "/invite";
export const newWorkspaceAddress = "/new-workspace";
