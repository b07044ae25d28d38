/** The API for tests: every call a mock of its own type. */
import { vi, type Mock } from "vitest";
import type { Api } from "./client";
import type { Me } from "./shapes";

type Mocks<Calls> = { [Name in keyof Calls]: Calls[Name] extends (...given: never[]) => unknown ? Mock<Calls[Name]> : Mocks<Calls[Name]> };
type Mocked = Mocks<Api>;

export function mockedApi(): Mocked {
  return {
    me: vi.fn(),
    conversations: vi.fn(),
    conversation: vi.fn(),
    messages: vi.fn(),
    inspection: vi.fn(),
    createWorkspace: vi.fn(),
    switchWorkspace: vi.fn(),
    renameWorkspace: vi.fn(),
    deleteWorkspace: vi.fn(),
    restoreWorkspace: vi.fn(),
    leaveWorkspace: vi.fn(),
    members: vi.fn(),
    setRole: vi.fn(),
    removeMember: vi.fn(),
    invites: vi.fn(),
    invite: vi.fn(),
    revokeInvite: vi.fn(),
    acceptInvite: vi.fn(),
    apiKeys: vi.fn(),
    createApiKey: vi.fn(),
    revokeApiKey: vi.fn(),
    audit: vi.fn(),
    flows: {
      list: vi.fn(),
      get: vi.fn(),
      create: vi.fn(),
      rename: vi.fn(),
      setArchived: vi.fn(),
      saveDraft: vi.fn(),
      check: vi.fn(),
      publish: vi.fn(),
      versions: vi.fn(),
      version: vi.fn(),
      restore: vi.fn(),
      importFlow: vi.fn(),
      exportFlow: vi.fn(),
      simulate: vi.fn(),
      activity: vi.fn(),
      gallery: vi.fn(),
      install: vi.fn(),
    },
    webhooks: {
      list: vi.fn(),
      create: vi.fn(),
      change: vi.fn(),
      remove: vi.fn(),
      newSecret: vi.fn(),
      ping: vi.fn(),
      deliveries: vi.fn(),
      delivery: vi.fn(),
      replay: vi.fn(),
      replayFailed: vi.fn(),
    },
  };
}

const permissions: Record<string, string[]> = {
  viewer: ["conversations:read", "members:read", "workspace:read", "flows:read"],
  owner: [
    "conversations:read",
    "inspection:read",
    "workspace:read",
    "workspace:update",
    "workspace:delete",
    "members:read",
    "members:manage",
    "owners:manage",
    "invites:manage",
    "api_keys:manage",
    "audit:read",
    "webhooks:manage",
    "flows:read",
    "flows:edit",
    "flows:publish",
  ],
};

export function signedInAs(role: "owner" | "viewer"): Me {
  return {
    user: { id: "u", email: "demo@kabar.test" },
    workspace: { id: "w", name: "Toko Kabar", revision: 3, delete_after: null },
    role,
    permissions: permissions[role] ?? [],
    workspaces: [
      { id: "w", name: "Toko Kabar", role },
      { id: "w2", name: "Kedai Senja", role: "agent" },
    ],
  };
}
