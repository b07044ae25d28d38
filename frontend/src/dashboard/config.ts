/** Where this dashboard's services are; written to config.json at deploy time. */
export interface Config {
  apiUrl: string;
  cognitoUrl: string;
  userPoolClientId: string;
  region: string;
  /** Where the pool signs people in with others' accounts; empty where it does not. */
  hostedSignInUrl: string;
}

export class ConfigUnreadable extends Error {
  override name = "ConfigUnreadable";
}

function textField(source: Record<string, unknown>, field: string): string {
  const value = source[field];
  if (typeof value !== "string") throw new ConfigUnreadable(`config.json has no ${field}`);
  return value.replace(/\/+$/, "");
}

export function parseConfig(source: unknown): Config {
  if (typeof source !== "object" || source === null) throw new ConfigUnreadable("config.json is no object");
  const fields = source as Record<string, unknown>;
  const region = textField(fields, "region");
  return {
    apiUrl: textField(fields, "apiUrl"),
    cognitoUrl: textField(fields, "cognitoUrl") || `https://cognito-idp.${region}.amazonaws.com`,
    userPoolClientId: textField(fields, "userPoolClientId"),
    region,
    hostedSignInUrl: typeof fields.hostedSignInUrl === "string" ? textField(fields, "hostedSignInUrl") : "",
  };
}

export async function loadConfig(): Promise<Config> {
  const answer = await fetch("/config.json", { cache: "no-store" });
  if (!answer.ok) throw new ConfigUnreadable(`config.json answered ${answer.status}`);
  return parseConfig(await answer.json());
}
