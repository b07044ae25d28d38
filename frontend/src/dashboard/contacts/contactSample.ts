import type { ContactRecord } from "./contactShapes";

/** A contact for tests: empty but for what is given. */
export function contact(given: Partial<ContactRecord> & { id: string }): ContactRecord {
  return {
    revision: 1,
    name: null,
    phone: null,
    username: null,
    email: null,
    language: null,
    tags: [],
    fields: {},
    opt_ins: {},
    blocked: false,
    last_seen_at: null,
    created_at: 1_000,
    updated_at: 1_000,
    conversations: [],
    ...given,
  };
}
