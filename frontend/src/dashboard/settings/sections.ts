import type { Words } from "../../words/english";
import type { Permission } from "../api/me";

export interface Section {
  name: keyof Words["settings"]["sections"];
  path: string;
  /** Null where everybody may look. */
  needs: Permission | null;
}

export const sections: readonly Section[] = [
  { name: "workspace", path: "/settings/workspace", needs: null },
  { name: "people", path: "/settings/people", needs: "members:read" },
  { name: "apiKeys", path: "/settings/api-keys", needs: "api_keys:manage" },
  { name: "webhooks", path: "/settings/webhooks", needs: "webhooks:manage" },
  { name: "letters", path: "/settings/dead-letters", needs: "dead_letters:read" },
  { name: "contactFields", path: "/settings/contact-fields", needs: "contacts:read" },
  { name: "usage", path: "/settings/usage", needs: "usage:read" },
  { name: "audit", path: "/settings/audit", needs: "audit:read" },
  { name: "security", path: "/settings/security", needs: null },
];
