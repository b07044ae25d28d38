/** What an edit makes of a contact, and how it is taken back. Pure. */
import type { ContactPatch, ContactRecord, FieldValue } from "./contactShapes";

/** The contact as it will be once the patch is saved. */
export function patched(contact: ContactRecord, patch: ContactPatch): ContactRecord {
  const { fields, ...plain } = patch;
  if (fields === undefined) return { ...contact, ...plain };
  const both: Record<string, FieldValue | null> = { ...contact.fields, ...fields };
  const kept = Object.entries(both).filter((entry): entry is [string, FieldValue] => entry[1] !== null);
  return { ...contact, ...plain, fields: Object.fromEntries(kept) };
}

/** The patch that puts back what this one changes. */
export function inverse(contact: ContactRecord, patch: ContactPatch): ContactPatch {
  const { fields, ...plain } = patch;
  const before = Object.fromEntries(Object.keys(plain).map((key) => [key, contact[key as keyof typeof plain]])) as ContactPatch;
  if (fields === undefined) return before;
  const earlier = Object.fromEntries(Object.keys(fields).map((key) => [key, contact.fields[key] ?? null]));
  return { ...before, fields: earlier };
}

export interface MergeLine {
  what: "name" | "phone" | "username" | "email" | "language" | "tag" | "field" | "conversations";
  /** The field's key, for fields. */
  key?: string;
  value: string;
  /** False where the contact has it already and keeps it against another value. */
  comesOver: boolean;
}

const singles = ["name", "phone", "username", "email", "language"] as const;

/** What merging `other` into `kept` does, line by line; as the API merges. */
export function mergePreview(kept: ContactRecord, other: ContactRecord): MergeLine[] {
  const plain = singles.flatMap((what): MergeLine[] => {
    const theirs = other[what];
    if (theirs === null || theirs === kept[what]) return [];
    return [{ what, value: kept[what] ?? theirs, comesOver: kept[what] === null }];
  });
  const tags = other.tags
    .filter((tag) => !kept.tags.includes(tag))
    .map((tag): MergeLine => ({ what: "tag", value: tag, comesOver: true }));
  const fields = Object.entries(other.fields)
    .filter(([key, value]) => kept.fields[key] !== value)
    .map(([key, value]): MergeLine => {
      const own = kept.fields[key];
      return { what: "field", key, value: String(own ?? value), comesOver: own === undefined };
    });
  const talks = other.conversations.filter((id) => !kept.conversations.includes(id)).length;
  const joined: MergeLine[] = talks > 0 ? [{ what: "conversations", value: String(talks), comesOver: true }] : [];
  return [...plain, ...tags, ...fields, ...joined];
}
