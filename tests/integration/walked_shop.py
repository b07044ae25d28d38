"""A workspace with one of everything, and what every route is asked of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from apidoc.contexts import apis
from apidoc.document import document
from local import demo
from rag.totals import totals_of
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.conversation import Contact
from shared.json_types import JsonObject
from shared.sealed import Sealer
from shared.store.audit import Actor
from shared.store.channels import PLATFORM, Channel, Channels, Secrets
from shared.store.conversations import Conversations, LogLine, Summary
from shared.store.evaluations import DONE, Asked, Evaluation, Evaluations
from shared.store.golden_questions import GoldenQuestion
from shared.store.imports import Jobs
from shared.store.inspection import Inspection, Kept
from shared.store.received_files import ReceivedFile, ReceivedFiles
from shared.store.sends import Sends, message_id
from shared.store.templates import Template, Templates
from shared.tenancy import Tenant
from tests.buried import bury
from tests.visitor import Visitor, some_address

ROUTES: Final = [endpoint for api in apis().values() for endpoint in api.endpoints]
DOCUMENT: Final = document(apis().values())
CHANNEL: Final = "123456"


@dataclass
class Shop:
    """A workspace with one of everything, its owner, and a key that may do all that keys may."""

    owner: Visitor
    mark: str = field(default_factory=lambda: f"mark{uuid.uuid4().hex}")

    def __post_init__(self) -> None:
        self.owner.sign_up()
        self.owner.confirm()
        self.owner.sign_in()
        self.tenant = Tenant(self.owner.ok("POST", "workspaces", {"name": self.mark})["id"])
        me = self.owner.ok("GET", "me")
        self.user_id = me["user"]["id"]
        self.team_id = self.owner.ok("POST", "teams", {"name": self.mark})["id"]
        guest = {"email": some_address(self.mark), "role": "viewer"}
        self.invite_id = self.owner.ok("POST", "invites", guest)["id"]
        scopes = DOCUMENT["x-scopes"]
        key = {"name": self.mark, "scopes": scopes, "expires_in_days": 1}
        made = self.owner.ok("POST", "api-keys", key)
        self.key_id, self.key = made["id"], made["key"]
        flow = {"name": self.mark, "flow": {**demo.flow(), "name": self.mark}}
        self.flow_id = self.owner.ok("POST", "flows", flow)["id"]
        self.owner.ok("POST", f"flows/{self.flow_id}/publish", {"note": self.mark})
        self.channel_id = self._connect()
        self._meet()
        self._subscribe()
        self._know()
        self._blast()
        by = Actor(self.user_id, self.owner.email)
        self.letter_id, self.letter_job_id = bury(self.owner.stack, self.tenant, self.mark, by)
        self._converse()

    @property
    def conversation_id(self) -> str:
        return f"{CHANNEL}.{self.mark}"

    def known_by(self) -> set[str]:
        """What must never be told to anybody else."""
        ids = {
            self.user_id,
            self.contact_id,
            self.invite_id,
            self.team_id,
            self.key_id,
            self.owner.email,
            self.flow_id,
            self.channel_id,
            self.template_id,
            self.note_id,
            self.segment_id,
            self.media_id,
            self.sent_id,
            self.import_id,
            self.export_id,
            self.data_export_id,
            self.contact_export_id,
            self.webhook_id,
            self.delivery_id,
            self.knowledge_base_id,
            self.document_id,
            self.question_id,
            self.evaluation_id,
            self.campaign_id,
            self.upload_id,
            self.campaign_export_id,
            self.letter_id,
            self.letter_job_id,
        }
        return ids | {self.mark, self.tenant.id}

    def look(self) -> dict[str, Any]:
        """Everything of the workspace that the API shows without a parameter."""
        paths = [one.path for one in ROUTES if one.method == "GET" and not one.parameters]
        return {path: self.owner.ok("GET", path.removeprefix("/v1/")) for path in paths}

    def _connect(self) -> str:
        outputs, dynamodb = self.owner.stack.outputs, self.owner.stack.aws("dynamodb")
        tables = outputs["WorkspacesTableName"], outputs["DirectoryTableName"]
        number = str(uuid.uuid4().int)[:20]
        channel = Channel(number, PLATFORM, f"9{number}", self.mark, self.mark, self.flow_id)
        sealer = Sealer(self.owner.stack.aws("kms"), outputs["SecretsKeyArn"])
        Channels(self.tenant, *tables, dynamodb).connect(
            channel,
            Secrets(sealer.seal(self.tenant, self.mark)),
            by=Actor(self.user_id, self.owner.email),
            at=1,
        )
        templates = [
            Template(channel.waba_id, self.mark, language, number, "UTILITY", "PENDING", [])
            for language in ("en", "id")
        ]
        store = Templates(self.tenant, tables[0], dynamodb)
        for template in templates:
            store.synced(template, started=1, now=1)
        self.template_id = templates[0].id
        return number

    def _meet(self) -> None:
        """Two of each, so that every list has a next page."""
        ok = self.owner.ok
        contacts = [ok("POST", "contacts", {"name": self.mark, "tags": [tag]}) for tag in "ab"]
        self.contact_id = contacts[0]["id"]
        path = f"contacts/{self.contact_id}"
        notes = [ok("POST", f"{path}/notes", {"text": self.mark}) for _ in range(2)]
        self.note_id = notes[0]["id"]
        for state in ("in", "out"):
            opted = {"kind": "marketing", "state": state, "source": self.mark}
            ok("POST", f"{path}/opt-ins", opted)
        ok("POST", "contact-fields", {"key": self.mark, "name": self.mark, "type": "text"})
        filter_ = {"conditions": [{"on": "tag", "op": "has", "value": "a"}]}
        segments = [ok("POST", "segments", {"name": self.mark, "filter": filter_}) for _ in "ab"]
        self.segment_id = segments[0]["id"]
        media = {"file_name": self.mark, "mime_type": "image/png"}
        files = [ok("POST", "media", media) for _ in range(2)]
        self.media_id = files[0]["id"]
        imports = [ok("POST", "contact-imports", {"file_name": self.mark}) for _ in range(2)]
        self.import_id = imports[0]["id"]
        self.data_export_id = ok("POST", "workspace/exports")["id"]
        self.contact_export_id = ok("POST", f"{path}/export")["id"]
        self.export_id = ok("POST", "contact-exports", {"segment_id": self.segment_id})["id"]
        stack = self.owner.stack
        table = stack.outputs["ContactsTableName"]
        jobs = Jobs(self.tenant, "IMPORT", table, stack.aws("dynamodb"))
        jobs.move(self.import_id, ("waiting",), "done", report="yes")

    def _blast(self) -> None:
        """Two drafts: nothing sends them."""
        ok = self.owner.ok
        said = {"type": "text", "text": {"body": self.mark}}
        draft = {"name": self.mark, "channel_id": self.channel_id, "message": said}
        campaigns = [ok("POST", "campaigns", draft) for _ in range(2)]
        self.campaign_id = campaigns[0]["id"]
        uploads = [ok("POST", "campaign-uploads", {"file_name": self.mark}) for _ in range(2)]
        self.upload_id = uploads[0]["id"]
        self.campaign_export_id = ok("POST", f"campaigns/{self.campaign_id}/exports")["id"]

    def _subscribe(self) -> None:
        """A paused webhook: nothing calls its address, and nothing changes it meanwhile."""
        ok = self.owner.ok
        hook = {"url": f"https://{self.mark}.invalid/", "types": ["message.received"]}
        self.webhook_id = ok("POST", "webhooks", hook)["id"]
        path = f"webhooks/{self.webhook_id}"
        ok("PATCH", path, {"active": False}, if_match='"1"')
        pings = [ok("POST", f"{path}/ping") for _ in range(2)]
        self.delivery_id = pings[0]["id"]

    def _know(self) -> None:
        """Documents whose files never come: nothing changes them meanwhile."""
        ok = self.owner.ok
        self.knowledge_base_id = ok("POST", "knowledge-bases", {"name": self.mark})["id"]
        path = f"knowledge-bases/{self.knowledge_base_id}/documents"
        files = [ok("POST", path, {"file_name": f"{self.mark}.txt"}) for _ in range(2)]
        self.document_id = files[0]["id"]
        golden = f"knowledge-bases/{self.knowledge_base_id}/golden-questions"
        asked = {"question": self.mark, "is_unanswerable": True}
        questions = [ok("POST", golden, {**asked, "question": f"{self.mark}{n}"}) for n in "ab"]
        self.question_id = questions[0]["id"]
        self.evaluation_id = self._evaluated()

    def _evaluated(self) -> str:
        """Evaluations that are over: nothing changes them meanwhile."""
        outputs, dynamodb = self.owner.stack.outputs, self.owner.stack.aws("dynamodb")
        table = outputs["KnowledgeTableName"]
        store = Evaluations(self.tenant, self.knowledge_base_id, table, dynamodb)
        ids = [contact_id_at(now_ms() + place) for place in range(2)]
        golden = GoldenQuestion(self.question_id, self.mark, is_unanswerable=True)
        for id_ in ids:
            store.create(Evaluation(id_, now_ms(), {}, {}, {}, note=self.mark))
            store.copy_question(id_, Asked(0, golden), now_ms())
            store.end(id_, DONE, totals_of(store.questions(id_), 5), now_ms())
        return ids[0]

    def _converse(self) -> None:
        outputs, dynamodb = self.owner.stack.outputs, self.owner.stack.aws("dynamodb")
        store = Conversations(self.tenant, outputs["ConversationsTableName"], dynamodb)
        last = {"text": self.mark, "direction": "in", "type": "text"}
        message = {"type": "text", "text": {"body": self.mark}}
        picture = {"type": "image", "image": {"id": "700", "mime_type": "image/png"}}
        for at, contact in enumerate((self.mark, f"{self.mark}2"), 1000):
            store.record(
                Summary(CHANNEL, Contact(contact, name=self.mark), 1, at, last),
                [LogLine(1, "in", 1, "wamid.1", message), LogLine(2, "in", 2, "wamid.2", picture)],
            )
        received = ReceivedFiles(
            self.tenant, outputs["ConversationsTableName"], outputs["UsageTableName"], dynamodb
        )
        file = ReceivedFile("stored", mime_type="image/png", size=1)
        received.stored(CHANNEL, self.mark, 2, file, at=1)
        sends = Sends(self.tenant, outputs["RequestsTableName"], dynamodb)
        sends.keep(f"r{self.mark}", CHANNEL, [self.mark], now_ms())
        self.sent_id = message_id(f"r{self.mark}", 0)
        inspection = Inspection(self.tenant, outputs["InspectionTableName"], dynamodb)
        for at in (1, 2):
            inspection.keep(Kept("unknown_field", "messages", at, {"mark": self.mark}))


PARAMETERS: Final[dict[str, Callable[[Shop], str]]] = {
    "campaign_export_id": lambda shop: shop.campaign_export_id,
    "campaign_id": lambda shop: shop.campaign_id,
    "channel_id": lambda shop: shop.channel_id,
    "contact_export_id": lambda shop: shop.contact_export_id,
    "contact_id": lambda shop: shop.contact_id,
    "conversation_id": lambda shop: shop.conversation_id,
    "data_export_id": lambda shop: shop.data_export_id,
    "delivery_id": lambda shop: shop.delivery_id,
    "document_id": lambda shop: shop.document_id,
    "evaluation_id": lambda shop: shop.evaluation_id,
    "export_id": lambda shop: shop.export_id,
    "flow_id": lambda shop: shop.flow_id,
    "import_id": lambda shop: shop.import_id,
    "invite_id": lambda shop: shop.invite_id,
    "job_id": lambda shop: shop.letter_job_id,
    "key": lambda shop: shop.mark,
    "answer_id": lambda shop: shop.knowledge_base_id,
    "knowledge_base_id": lambda shop: shop.knowledge_base_id,
    "letter_id": lambda shop: shop.letter_id,
    "media_id": lambda shop: shop.media_id,
    "message_id": lambda shop: "2",
    "key_id": lambda shop: shop.key_id,
    "name": lambda shop: shop.mark,  # of the gallery, which is nobody's: there is none of that name
    "note_id": lambda shop: shop.note_id,
    "number": lambda shop: "0",
    "other_id": lambda shop: shop.evaluation_id,
    "question_id": lambda shop: shop.question_id,
    "segment_id": lambda shop: shop.segment_id,
    "sent_id": lambda shop: shop.sent_id,
    "upload_id": lambda shop: shop.upload_id,
    "team_id": lambda shop: shop.team_id,
    "template_id": lambda shop: shop.template_id,
    "user_id": lambda shop: shop.user_id,
    "version": lambda shop: "1",
    "webhook_id": lambda shop: shop.webhook_id,
    "workspace_id": lambda shop: shop.tenant.id,
}
BODIES: Final[dict[str, JsonObject]] = {
    "PATCH /v1/channels/{channel_id}": {"name": "Renamed"},
    "POST /v1/channels/embedded-signup": {
        "code": "guessed",
        "waba_id": "1",
        "phone_number_id": "2",
    },
    "POST /v1/channels/own-app": {
        "app_id": "1",
        "app_secret": "guessed",
        "access_token": "guessed",
        "waba_id": "1",
        "phone_number_id": "2",
    },
    "POST /v1/channels/linked-phone": {"phone": "+628110000001"},
    "POST /v1/channels/{channel_id}/verify": {},
    "POST /v1/templates": {
        "name": "news",
        "language": "en",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hi"}],
    },
    "POST /v1/templates/check": {
        "name": "news",
        "language": "en",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Hi"}],
    },
    "PATCH /v1/templates/{template_id}": {},
    "PATCH /v1/flows/{flow_id}": {"name": "Renamed"},
    "POST /v1/flows": {"name": "Menu"},
    "POST /v1/flows/import": {"flow": {"name": "Menu"}},
    "POST /v1/flow-gallery/{name}/install": {},
    "POST /v1/flows/{flow_id}/check": {},
    "POST /v1/flows/{flow_id}/publish": {"note": "Opening"},
    "POST /v1/conversations/{conversation_id}/takeover": {"back_after_minutes": 5},
    "POST /v1/conversations/{conversation_id}/messages": {
        "message": {"type": "text", "text": {"body": "Hi"}}
    },
    "POST /v1/flows/{flow_id}/start": {"contacts": [{"conversation_id": "1.a"}]},
    "POST /v1/flows/simulate": {"flow": demo.flow(), "event": {"type": "said", "text": "Hi"}},
    "PUT /v1/flows/{flow_id}/draft": {"flow": {}},
    "PATCH /v1/contacts/{contact_id}": {"name": "Renamed"},
    "POST /v1/contacts": {"name": "Another"},
    "POST /v1/contacts/{contact_id}/merge": {"other_id": "nobody"},
    "POST /v1/contacts/{contact_id}/notes": {"text": "Note"},
    "POST /v1/contacts/{contact_id}/opt-ins": {
        "kind": "marketing",
        "state": "in",
        "source": "form",
    },
    "POST /v1/contact-fields": {"key": "size", "name": "Size", "type": "text"},
    "PATCH /v1/contact-fields/{key}": {"name": "Renamed"},
    "POST /v1/segments": {"name": "Everybody", "filter": {}},
    "POST /v1/segments/count": {"filter": {}},
    "PATCH /v1/segments/{segment_id}": {"name": "Renamed"},
    "POST /v1/contact-imports": {"file_name": "people.csv"},
    "POST /v1/contact-imports/{import_id}/start": {"mapping": {"Phone": "phone"}},
    "POST /v1/contact-exports": {},
    "POST /v1/dead-letters/redrive": {"selection": {}},
    "POST /v1/dead-letters/drop": {"selection": {}},
    "POST /v1/campaigns": {
        "name": "Sale",
        "channel_id": "1",
        "message": {"type": "text", "text": {"body": "Hi"}},
    },
    "PATCH /v1/campaigns/{campaign_id}": {"name": "Renamed"},
    "POST /v1/campaigns/{campaign_id}/test": {"phones": ["+628111222333"]},
    "PUT /v1/rate-card": {"currency": "IDR", "marketing": 1.5},
    "POST /v1/campaigns/{campaign_id}/preview": {},
    "POST /v1/campaigns/{campaign_id}/start": {},
    "POST /v1/campaigns/{campaign_id}/retry": {},
    "POST /v1/campaign-uploads": {"file_name": "people.csv"},
    "POST /v1/messages": {
        "message": {"type": "text", "text": {"body": "Hi"}},
        "recipients": [{"phone": "+628111222333"}],
    },
    "POST /v1/media": {"file_name": "menu.png", "mime_type": "image/png"},
    "PATCH /v1/members/{user_id}": {"role": "viewer"},
    "POST /v1/teams": {"name": "Sales"},
    "PATCH /v1/teams/{team_id}": {"name": "Renamed"},
    "PATCH /v1/workspace": {"name": "Renamed"},
    "POST /v1/api-keys": {
        "name": "Key",
        "scopes": ["conversations:read"],
        "expires_in_days": 1,
    },
    "POST /v1/invites": {"email": "guest@kabar.test", "role": "viewer"},
    "POST /v1/invites/accept": {"token": "guessed"},
    "POST /v1/workspaces": {"name": "Another"},
    "POST /v1/webhooks": {"url": "https://guest.invalid/", "types": ["message.received"]},
    "PATCH /v1/webhooks/{webhook_id}": {"active": True},
    "POST /v1/webhooks/{webhook_id}/replay": {"since": 0},
    "POST /v1/knowledge-bases": {"name": "Shop"},
    "POST /v1/knowledge-bases/{knowledge_base_id}/ask": {"question": "Opening hours?"},
    "PUT /v1/knowledge-bases/{knowledge_base_id}/settings": {"threshold": 0.5},
    "POST /v1/knowledge-bases/{knowledge_base_id}/golden-questions": {
        "question": "When?",
        "answer": "Now.",
    },
    "POST /v1/knowledge-bases/{knowledge_base_id}/golden-questions/import": {
        "csv": "question,answer\nWhen?,Now.\n",
    },
    "PUT /v1/knowledge-bases/{knowledge_base_id}/golden-questions/{question_id}": {
        "question": "When?",
        "answer": "Now.",
    },
    "POST /v1/knowledge-bases/{knowledge_base_id}/evaluations": {},
    "PUT /v1/knowledge-bases/{knowledge_base_id}/gate": {"is_on": True},
    "POST /v1/knowledge-bases/{knowledge_base_id}/answers/{answer_id}/thumb": {"thumb": "up"},
    "PATCH /v1/knowledge-bases/{knowledge_base_id}": {"name": "Renamed"},
    "POST /v1/knowledge-bases/{knowledge_base_id}/documents": {"file_name": "prices.pdf"},
    "POST /v1/knowledge-bases/{knowledge_base_id}/faqs": {
        "name": "Questions",
        "pairs": [{"question": "When?", "answer": "Now."}],
    },
    "POST /v1/knowledge-bases/{knowledge_base_id}/web-pages": {"url": "https://guest.invalid/"},
    "PATCH /v1/knowledge-bases/{knowledge_base_id}/documents/{document_id}": {"is_enabled": False},
    "POST /v1/knowledge-bases/{knowledge_base_id}/documents/{document_id}/replace": {
        "file_name": "prices.txt"
    },
}
