import type { Words } from "../../words/english";
import type { AuditEntry } from "../api/shapes";
import { roleName } from "./roles";

/** What an entry was about, in a few words: whom, what, from what to what. */
export function auditDetail({ action, detail }: AuditEntry, words: Words): string {
  const text = (field: string) => (typeof detail[field] === "string" ? detail[field] : null);
  const named = (field: string) => {
    const value = text(field);
    return value !== null && action.startsWith("member.") ? roleName(value, words) : value;
  };
  const role = text("role");
  const change = [named("before"), named("after")].filter((part) => part !== null).join(" → ");
  const parts = [text("name"), text("email"), role === null ? null : roleName(role, words), change || null];
  return parts.filter((part) => part !== null).join(" · ");
}
