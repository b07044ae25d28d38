import type { Words } from "../../words/english";

export const owner = "owner";

const roles = [owner, "admin", "editor", "agent", "viewer"] as const;

/** The roles that this person may give, from the most to the least that they allow. */
export function rolesToGive(managesOwners: boolean): string[] {
  return roles.filter((role) => role !== owner || managesOwners);
}

/** A role that the dictionary does not know yet is shown as it is. */
export function roleName(role: string, words: Words): string {
  return words.settings.roles[role] ?? role;
}
