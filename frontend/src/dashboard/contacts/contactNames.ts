import type { Words } from "../../words/english";
import { phoneNumber } from "../inbox/contactLabel";
import type { ContactRecord, FieldDefinition, FieldValue } from "./contactShapes";

/** What to call a contact: the name, else whatever else it is known by. */
export function nameOf({ name, username, phone, email }: ContactRecord, words: Words): string {
  return name ?? (username === null ? null : `@${username}`) ?? (phone === null ? null : shownPhone(phone)) ?? email ?? words.inbox.unnamed;
}

export function shownPhone(phone: string): string {
  return phoneNumber(phone.replace(/^\+/, ""));
}

/** A field's value in words; empty when there is none. */
export function shownValue(value: FieldValue | undefined, type: FieldDefinition["type"], words: Words): string {
  if (value === undefined) return "";
  if (type === "boolean") return value === true ? words.contacts.yes : words.contacts.no;
  return String(value);
}

/** What was entered as the field's type wants it: null clears, undefined is no such value. */
export function enteredValue(text: string, type: FieldDefinition["type"]): FieldValue | null | undefined {
  const entered = text.trim();
  if (entered === "") return null;
  if (type === "boolean") return entered === "true";
  if (type !== "number") return entered;
  const number = Number(entered.replace(",", "."));
  return Number.isFinite(number) ? number : undefined;
}
