import type { Words } from "../../words/english";
import type { Contact } from "../api/shapes";

/** "+62 812-3456-7890"; other countries' numbers stay one run of digits after the plus. */
export function phoneNumber(waId: string): string {
  const indonesian = /^62(8\d{2})(\d{3,4})(\d{4,5})$/.exec(waId);
  if (indonesian) return `+62 ${indonesian.slice(1).join("-")}`;
  return /^\d+$/.test(waId) ? `+${waId}` : waId;
}

/** What to call this contact: the name, else the username, else the number. */
export function contactName(contact: Contact, words: Words): string {
  if (contact.name) return contact.name;
  if (contact.username) return `@${contact.username}`;
  return contact.wa_id ? phoneNumber(contact.wa_id) : words.inbox.unnamed;
}

export function contactNumber(contact: Contact, words: Words): string {
  return contact.wa_id ? phoneNumber(contact.wa_id) : words.inbox.hiddenNumber;
}

/** Every word by which one may look for this contact, lower case. */
export function searchableText(contact: Contact): string {
  const { name, username, wa_id: waId } = contact;
  return [name, username, waId, waId ? phoneNumber(waId) : null]
    .filter((part) => part !== null)
    .join(" ")
    .toLowerCase();
}
