import { campaignCalls, type CampaignCalls } from "../campaigns/campaignCalls";
import { contactCalls, type ContactCalls } from "../contacts/contactCalls";
import { flowCalls, type FlowCalls } from "../flows/flowCalls";
import { replyCalls, type ReplyCalls } from "../inbox/replyCalls";
import { importCalls, type ImportCalls } from "../imports/importCalls";
import { segmentCalls, type SegmentCalls } from "../segments/segmentCalls";
import type { SessionKeeper } from "../session/SessionKeeper";
import { letterCalls, type LetterCalls } from "../letters/letterCalls";
import { webhookCalls, type WebhookCalls } from "../webhooks/webhookCalls";
import { mediaCalls, type MediaCalls } from "../media/mediaCalls";
import { channelCalls, type ChannelCalls } from "../channels/channelCalls";
import { evaluationCalls, type EvaluationCalls } from "../knowledge/evaluation/evaluationCalls";
import { knowledgeCalls, type KnowledgeCalls } from "../knowledge/knowledgeCalls";
import { templateCalls, type TemplateCalls } from "../templates/templateCalls";
import { teamCalls, type TeamCalls } from "../teams/teamCalls";
import { usageCalls, type UsageCalls } from "../usage/usageCalls";
import { createRequests } from "./requests";
import type {
  ApiKey,
  AuditEntry,
  Conversation,
  FileLink,
  InspectionEntry,
  Invite,
  Me,
  Member,
  Message,
  Page,
  WorkspaceHeader,
  WorkspacePlaceShape,
} from "./shapes";

export interface Api {
  me: (signal?: AbortSignal) => Promise<Me>;
  /** Of one team, or all. */
  conversations: (team: string | null, cursor: string | null, signal?: AbortSignal) => Promise<Page<Conversation>>;
  conversation: (id: string, signal?: AbortSignal) => Promise<Conversation>;
  messages: (conversation: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<Message>>;
  /** A link to the file that a message brought; it lives five minutes. */
  file: (conversation: string, message: string, signal?: AbortSignal) => Promise<FileLink>;
  inspection: (cursor: string | null, signal?: AbortSignal) => Promise<Page<InspectionEntry>>;

  createWorkspace: (name: string) => Promise<unknown>;
  switchWorkspace: (id: string) => Promise<unknown>;
  /** `revision` is the one that was seen; refused when it is no longer the newest. */
  renameWorkspace: (name: string, revision: number) => Promise<WorkspaceHeader>;
  placeWorkspace: (place: Partial<WorkspacePlaceShape>, revision: number) => Promise<WorkspaceHeader>;
  deleteWorkspace: () => Promise<unknown>;
  restoreWorkspace: () => Promise<unknown>;
  leaveWorkspace: () => Promise<unknown>;

  members: (cursor: string | null, signal?: AbortSignal) => Promise<Page<Member>>;
  setRole: (userId: string, role: string) => Promise<unknown>;
  removeMember: (userId: string) => Promise<unknown>;

  invites: (cursor: string | null, signal?: AbortSignal) => Promise<Page<Invite>>;
  /** `mail_sent` is false when the mail service did not take the letter. */
  invite: (email: string, role: string) => Promise<{ mail_sent?: boolean }>;
  revokeInvite: (id: string) => Promise<unknown>;
  acceptInvite: (token: string) => Promise<unknown>;

  apiKeys: (cursor: string | null, signal?: AbortSignal) => Promise<Page<ApiKey>>;
  createApiKey: (name: string, scopes: string[], expiresInDays: number) => Promise<{ key: string }>;
  revokeApiKey: (id: string) => Promise<unknown>;

  audit: (cursor: string | null, signal?: AbortSignal) => Promise<Page<AuditEntry>>;

  teams: TeamCalls;
  replies: ReplyCalls;
  contacts: ContactCalls;
  segments: SegmentCalls;
  imports: ImportCalls;
  usage: UsageCalls;
  flows: FlowCalls;
  webhooks: WebhookCalls;
  letters: LetterCalls;
  channels: ChannelCalls;
  templates: TemplateCalls;
  campaigns: CampaignCalls;
  knowledge: KnowledgeCalls;
  evaluations: EvaluationCalls;
  media: MediaCalls;
}

export function createApi(apiUrl: string, keeper: SessionKeeper): Api {
  const requests = createRequests(apiUrl, keeper);
  const { get, page, send } = requests;
  const id = encodeURIComponent;
  return {
    me: (signal) => get("/v1/me", signal),
    conversations: (team, cursor, signal) => page("/v1/conversations", cursor, signal, team === null ? {} : { team }),
    conversation: (conversation, signal) => get(`/v1/conversations/${id(conversation)}`, signal),
    messages: (conversation, cursor, signal) => page(`/v1/conversations/${id(conversation)}/messages`, cursor, signal),
    file: (conversation, message, signal) => get(`/v1/conversations/${id(conversation)}/media/${id(message)}`, signal),
    inspection: (cursor, signal) => page("/v1/inspection", cursor, signal),

    createWorkspace: (name) => send("POST", "/v1/workspaces", { body: { name } }),
    switchWorkspace: (workspace) => send("POST", `/v1/workspaces/${id(workspace)}/switch`),
    renameWorkspace: (name, revision) => send("PATCH", "/v1/workspace", { body: { name }, ifMatch: `"${revision}"` }),
    placeWorkspace: (place, revision) => send("PATCH", "/v1/workspace", { body: place, ifMatch: `"${revision}"` }),
    deleteWorkspace: () => send("DELETE", "/v1/workspace"),
    restoreWorkspace: () => send("POST", "/v1/workspace/restore"),
    leaveWorkspace: () => send("POST", "/v1/workspace/leave"),

    members: (cursor, signal) => page("/v1/members", cursor, signal),
    setRole: (userId, role) => send("PATCH", `/v1/members/${id(userId)}`, { body: { role } }),
    removeMember: (userId) => send("DELETE", `/v1/members/${id(userId)}`),

    invites: (cursor, signal) => page("/v1/invites", cursor, signal),
    invite: (email, role) => send("POST", "/v1/invites", { body: { email, role } }),
    revokeInvite: (invite) => send("DELETE", `/v1/invites/${id(invite)}`),
    acceptInvite: (token) => send("POST", "/v1/invites/accept", { body: { token } }),

    apiKeys: (cursor, signal) => page("/v1/api-keys", cursor, signal),
    createApiKey: (name, scopes, expiresInDays) =>
      send("POST", "/v1/api-keys", { body: { name, scopes, expires_in_days: expiresInDays } }),
    revokeApiKey: (key) => send("DELETE", `/v1/api-keys/${id(key)}`),

    audit: (cursor, signal) => page("/v1/audit", cursor, signal),

    teams: teamCalls(requests),
    replies: replyCalls(requests),
    contacts: contactCalls(requests),
    segments: segmentCalls(requests),
    imports: importCalls(requests),
    usage: usageCalls(requests),
    flows: flowCalls(requests),
    webhooks: webhookCalls(requests),
    letters: letterCalls(requests),
    channels: channelCalls(requests),
    templates: templateCalls(requests),
    campaigns: campaignCalls(requests),
    knowledge: knowledgeCalls(requests),
    evaluations: evaluationCalls(requests),
    media: mediaCalls(requests),
  };
}
