"""Every key of every table; those of campaigns are in `campaign_keys`, of evaluations in
`evaluation_keys`, of dead letters in `letter_keys`, of requests and sends in `request_keys`.

| table | pk | sk | what |
|---|---|---|---|
| directory | NUMBER#<phone_number_id> | NUMBER | whose number it is |
| directory | WABA#<account id> | ACCOUNT | whose WhatsApp account it is |
| directory | USER#<user id> | WORKSPACE#<tenant> | a person's membership |
| directory | USER#<user id> | ACTIVE | the workspace the person works in |
| directory | USER#<user id> | SESSIONS | since when their sessions count |
| directory | TENANT#<tenant> | TENANT | a workspace's name, for those who are in several |
| directory | TEMPLATE_SYNCS | WABA#<account id> | an account that is compared each day |
| directory | DELETIONS | DUE#<tenant>, ROUND | a workspace to be removed; how far that is |
| directory | INVITE#<sha256 of the token> | INVITE | whose invitation it is |
| directory | KEY#<sha256 of the key> | KEY | an API key |
| workspaces | <tenant> | WORKSPACE | name, number of owners, revision |
| workspaces | <tenant> | MEMBER#<user id> | a person in the workspace |
| workspaces | <tenant> | TEAM#<id> | people to whom conversations are given together |
| workspaces | <tenant> | INVITE#<id>, KEY#<id> | an open invitation; an API key |
| workspaces | <tenant> | CHANNEL#<id> | a number: its state, its health, what it needs |
| workspaces | <tenant> | LINKED#<channel id> | how a linked phone is connected |
| workspaces | <tenant> | TEMPLATE#<account>#<name>#<language> | a message template |
| workspaces | <tenant> | TEMPLATE_SYNC#<account> | when its templates were compared with Meta's |
| workspaces | <tenant> | AUDIT#<at>#<id> | who changed what |
| workspaces | <tenant> | ERASURE#<contact id> | a contact that is to be forgotten |
| workspaces | <tenant> | EXPORT#<id> | a copy of data that was asked for |
| workspaces | <tenant> | FLOW#<flow id> | a flow's name, what its draft and its live version are |
| workspaces | <tenant> | LIVE_FLOWS | what starts which version of which flow |
| workspaces | <tenant>#FLOW#<flow id> | DRAFT, V#<version> | a flow's draft; its versions |
| workspaces | <tenant> | WEBHOOK#<id> | an address that is told what happens |
| workspaces | <tenant> | MEDIA#<id> | a file for messages |
| workspaces | <tenant>#MEDIA#<id> | <channel> | the file's id at Meta, for one number |
| conversations | <tenant>#C#<channel>#<contact> | STATE | the conversation, or an alias of one |
| conversations | ... | SUMMARY | its line in the inbox |
| conversations | ... | FORGOTTEN | up to which message its person is being forgotten |
| conversations | ... | M#<seq>, M#<seq>#D | a message; what became of it when it was ours |
| conversations | ... | M#<seq>#F | the file that a message brought: kept, or why not |
| conversations | ... | A#<message id> | the number of a message that a program asked for |
| conversations | ... | T#<version>#<flow id> | what an event did in a flow |
| conversations | <tenant>#ACTIVITY#<flow id>#<slot> | SETTLED | what older traces add up to |
| contacts | <tenant>#CONTACTS#<shard> | C#<contact id> | a contact's record |
| contacts | ... | T#<term>#<contact id> | a word, number or address it is found by |
| contacts | <tenant>#CONTACT#<contact id> | ALIAS | which contact it was merged into |
| contacts | ... | NOTE#<id>, OPT#<at>#<kind> | a note; what the person agreed to, and when |
| contacts | <tenant>#WHO#<kind>#<shard> | <value> | which contact is known by that identity |
| contacts | <tenant>#TAGS | <tag> | a tag that was used |
| contacts | <tenant>#FIELDS | <key> | the definition of a custom field |
| contacts | <tenant>#SEGMENTS | <segment id> | a saved filter |
| contacts | <tenant>#IMPORTS, <tenant>#EXPORTS | <id> | an import or export |
| contacts | <tenant>#IMPORT#<id> | <part> | what became of a part of an import |
| webhook_deliveries | <tenant>#WEBHOOK#<id> | <at>-<notice id> | what a webhook was told |
| usage | <tenant>#USAGE | <month> | what a month used, by meter |
| usage | <tenant>#COUNTED#<channel>#<contact> | <month> | which messages are in the month's sums |
| usage | <tenant>#ONCE#<sha256 of an id> | <month> | that a thing is in the month's sums |
| knowledge | <tenant>#KNOWLEDGE | <knowledge base> | a knowledge base and its settings |
| knowledge | <tenant>#DOCUMENTS#<knowledge base> | <document> | a document, how far it is |
| knowledge | <tenant>#THUMBS | <knowledge base> | what customers think of its answers |
| knowledge | <tenant>#VECTORS#<sha256 of model and text> | VECTOR | what a text was embedded as |
| inspection | <tenant>#KEPT or PLATFORM#KEPT | <at>#<id> | what was not understood |

The directory alone has keys that do not begin with a tenant: it is asked before one is known.
Index `inbox` of conversations: inbox_pk = <tenant>#INBOX, last_at = milliseconds. Index `team`:
team_pk = <tenant>#TEAM#<team id>, last_at; only conversations that a team has are in it. Index
`activity`: activity_pk = <tenant>#ACTIVITY#<flow id>#<slot>, at = milliseconds; traces have it.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.json_types import JsonObject
from shared.tenancy import Tenant

STATE = "STATE"
SUMMARY = "SUMMARY"
FORGOTTEN = "FORGOTTEN"
MESSAGES = "M#"
TRACES = "T#"
SETTLED = "SETTLED"
WORKSPACE = "WORKSPACE"
DRAFT = "DRAFT"
LIVE_FLOWS = "LIVE_FLOWS"
FLOWS = "FLOW#"
VERSIONS = "V#"
NUMBER = "NUMBER"
ACCOUNT = "ACCOUNT"
CHANNELS = "CHANNEL#"
TEMPLATES = "TEMPLATE#"
TEMPLATE_SYNCS = "TEMPLATE_SYNC#"
DAILY_TEMPLATE_SYNCS = "TEMPLATE_SYNCS"
API_KEY = "KEY"
TENANT = "TENANT"
DELETIONS = "DELETIONS"
DUE = "DUE#"
ACTIVE = "ACTIVE"
SESSIONS = "SESSIONS"
INVITE = "INVITE"
MEMBERS = "MEMBER#"
INVITES = "INVITE#"
TEAMS = "TEAM#"
API_KEYS = "KEY#"
AUDIT = "AUDIT#"
MEDIA = "MEDIA#"
WEBHOOKS = "WEBHOOK#"
MEMBERSHIPS = "WORKSPACE#"
CONTACT = "C#"
TERM = "T#"
ALIAS = "ALIAS"
NOTES = "NOTE#"
OPTS = "OPT#"


def number(phone_number_id: str) -> str:
    return f"NUMBER#{phone_number_id}"


def account(waba_id: str) -> str:
    return f"WABA#{waba_id}"


def channel(channel_id: str) -> str:
    return f"{CHANNELS}{channel_id}"


def connection(channel_id: str) -> str:
    return f"LINKED#{channel_id}"


def template(waba_id: str, name: str, language: str) -> str:
    return f"{TEMPLATES}{waba_id}#{name}#{language}"


def user(user_id: str) -> str:
    return f"USER#{user_id}"


def api_key(key_hash: str) -> str:
    return f"KEY#{key_hash}"


def tenant_record(tenant_id: str) -> str:
    return f"TENANT#{tenant_id}"


def due(tenant_id: str) -> str:
    return f"{DUE}{tenant_id}"


def membership(tenant_id: str) -> str:
    return f"{MEMBERSHIPS}{tenant_id}"


def invite_token(token_hash: str) -> str:
    return f"INVITE#{token_hash}"


def member(user_id: str) -> str:
    return f"{MEMBERS}{user_id}"


def invite(invite_id: str) -> str:
    return f"{INVITES}{invite_id}"


def team(team_id: str) -> str:
    return f"{TEAMS}{team_id}"


def workspace_key(key_id: str) -> str:
    return f"{API_KEYS}{key_id}"


def media(media_id: str) -> str:
    return f"{MEDIA}{media_id}"


def media_copies(tenant: Tenant, media_id: str) -> str:
    return f"{tenant.id}#MEDIA#{media_id}"


def webhook(webhook_id: str) -> str:
    return f"{WEBHOOKS}{webhook_id}"


def webhook_deliveries(tenant: Tenant, webhook_id: str) -> str:
    return f"{tenant.id}#WEBHOOK#{webhook_id}"


def erasure(contact_id: str) -> str:
    return f"ERASURE#{contact_id}"


def export(export_id: str) -> str:
    return f"EXPORT#{export_id}"


def audit(at: int, id_: str) -> str:
    """Sorts by time; `at` in milliseconds."""
    return f"{AUDIT}{at:015d}#{id_}"


def flow(tenant: Tenant, flow_id: str) -> str:
    return f"{tenant.id}#FLOW#{flow_id}"


def workspace_flow(flow_id: str) -> str:
    return f"{FLOWS}{flow_id}"


def flow_version(version: int) -> str:
    return f"{VERSIONS}{version:08d}"


def conversation(tenant: Tenant, channel: str, contact: str) -> str:
    return f"{tenant.id}#C#{channel}#{contact}"


@dataclass(frozen=True, slots=True)
class ConversationPlace:
    """What a conversation's partition key says."""

    tenant: Tenant
    channel: str
    contact: str


def conversation_place(pk: str) -> ConversationPlace:
    """From a partition key of the conversations table."""
    tenant, _, channel, contact = pk.split("#")
    return ConversationPlace(Tenant(tenant), channel, contact)


def inbox(tenant: Tenant) -> str:
    return f"{tenant.id}#INBOX"


def team_inbox(tenant: Tenant, team_id: str) -> str:
    return f"{tenant.id}#TEAM#{team_id}"


def message(seq: int) -> str:
    return f"{MESSAGES}{seq:010d}"


def delivery(seq: int) -> str:
    return f"{message(seq)}#D"


def asked(id_: str) -> str:
    return f"A#{id_}"


def received_file(seq: int) -> str:
    return f"{message(seq)}#F"


def usage(tenant: Tenant) -> str:
    return f"{tenant.id}#USAGE"


def counted(tenant: Tenant, channel: str, contact: str) -> str:
    return f"{tenant.id}#COUNTED#{channel}#{contact}"


def counted_thing(tenant: Tenant, digest: str) -> str:
    return f"{tenant.id}#ONCE#{digest}"


def seq_of(sk: str) -> int | None:
    """The number of the message whose line, delivery or file a sort key names; None for other
    items."""
    if not sk.startswith(MESSAGES):
        return None
    return int(sk.removeprefix(MESSAGES).partition("#")[0])


def trace(version: int, flow_id: str) -> str:
    return f"{TRACES}{version:010d}#{flow_id}"


def activity(tenant: Tenant, flow_id: str, slot: int) -> str:
    return f"{tenant.id}#ACTIVITY#{flow_id}#{slot}"


def tenant_of(pk: str) -> Tenant:
    """Whose an item is, from its partition key."""
    return Tenant(pk.partition("#")[0])


def contacts(tenant: Tenant, shard: int) -> str:
    return f"{tenant.id}#CONTACTS#{shard}"


def contact(contact_id: str) -> str:
    return f"{CONTACT}{contact_id}"


def term(text: str, contact_id: str) -> str:
    return f"{TERM}{text}#{contact_id}"


def beside_contact(tenant: Tenant, contact_id: str) -> str:
    return f"{tenant.id}#CONTACT#{contact_id}"


def note(note_id: str) -> str:
    """Note ids sort by time."""
    return f"{NOTES}{note_id}"


def opt(at: int, kind: str) -> str:
    return f"{OPTS}{at:015d}#{kind}"


def who(tenant: Tenant, kind: str, shard: int) -> str:
    return f"{tenant.id}#WHO#{kind}#{shard}"


def contact_tags(tenant: Tenant) -> str:
    return f"{tenant.id}#TAGS"


def segments(tenant: Tenant) -> str:
    return f"{tenant.id}#SEGMENTS"


def contact_jobs(tenant: Tenant, kind: str) -> str:
    """`kind` is IMPORT or EXPORT."""
    return f"{tenant.id}#{kind}S"


def contact_job(tenant: Tenant, kind: str, job_id: str) -> str:
    return f"{tenant.id}#{kind}#{job_id}"


def contact_fields(tenant: Tenant) -> str:
    return f"{tenant.id}#FIELDS"


def knowledge_bases(tenant: Tenant) -> str:
    return f"{tenant.id}#KNOWLEDGE"


def documents(tenant: Tenant, knowledge_base_id: str) -> str:
    return f"{tenant.id}#DOCUMENTS#{knowledge_base_id}"


def vector(tenant: Tenant, digest: str) -> str:
    return f"{tenant.id}#VECTORS#{digest}"


def kept(tenant: Tenant | None) -> str:
    return f"{tenant.id if tenant else 'PLATFORM'}#KEPT"


def answers(tenant: Tenant, knowledge_base_id: str) -> str:
    return f"{tenant.id}#ANSWERS#{knowledge_base_id}"


def thumbs(tenant: Tenant) -> str:
    return f"{tenant.id}#THUMBS"


def key(pk: str, sk: str) -> JsonObject:
    """A primary key in DynamoDB's wire form."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}
