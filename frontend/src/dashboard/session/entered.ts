import type { Words } from "../../words/english";
import { isStrong } from "./passwords";

type Complaint = string | undefined;

/** What is wrong with an entry, in the person's words; undefined when nothing is. */
export function emailComplaint(email: string, words: Words): Complaint {
  if (email.trim() === "") return words.account.missing.email;
  return /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : words.account.missing.emailForm;
}

export function newPasswordComplaint(password: string, words: Words): Complaint {
  if (password === "") return words.account.missing.password;
  return isStrong(password) ? undefined : words.account.missing.passwordWeak;
}

export function codeComplaint(code: string, words: Words): Complaint {
  return /^\d{6}$/.test(code) ? undefined : words.account.missing.code;
}
