"""A workspace with a number and contacts, its campaigns' workers, and WhatsApp, over tables in
memory and a clock of its own. Queues deliver at their time, at least once, and workers may die."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from typing import Any
from unittest import mock

from blast.slots import Readying
from blast.spread import Spread
from blast.starting import begin
from blast.workbench import Workbench
from shared.campaigns.tallies import Tally, added
from shared.contacts.ids import shard
from shared.contacts.record import ContactRecord
from shared.conversation import Contact, Conversation, to_json
from shared.events import Event, from_body
from shared.fifo_batch import NotYetError
from shared.handling import Handling
from shared.json_types import JsonObject
from shared.lanes import contact_id
from shared.store import keys
from shared.store.audit import Change, entry
from shared.store.campaigns import DRAFT, Campaign, Campaigns
from shared.store.channels import Channel, Channels, Health, Secrets
from shared.store.contact_items import created
from shared.store.contacts import Contacts
from shared.store.recipient_items import Recipient
from shared.store.transactions import Write
from shared.tenancy import Tenant
from shared.window import Window
from tests.builders import sqs_record, value, webhook_body
from tests.builders import status as meta_status
from tests.fakes import FakeClock, FakeSqs
from tests.office import ANA
from tests.unit.blast.campaign_meta import Killed, Meta
from tests.unit.blast.campaign_workers import Workers

VISIBILITY_SECONDS = 360
EVERYBODY: JsonObject = {
    "everybody": True,
    "segment_ids": [],
    "tags": [],
    "contact_ids": [],
    "upload_id": None,
    "phone_column": None,
    "country": "ID",
    "exclude": {"segment_ids": [], "tags": [], "contact_ids": [], "campaign_ids": []},
}
TEMPLATE: JsonObject = {
    "type": "template",
    "template": {
        "name": "sale",
        "language": {"code": "id"},
        "components": [{"type": "body", "parameters": [{"type": "text", "text": "{{name}}"}]}],
    },
}
NAME: JsonObject = {"source": "contact", "name": "name", "otherwise": "Kakak"}


class InTurn:
    """One send after another, at their times by the world's clock."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def has_room(self, jobs: int) -> bool:
        del jobs
        return True

    def submit(self, job: Callable[[], None]) -> None:
        job()

    def wait_until(self, at: int) -> None:
        self._clock.ms = max(self._clock.ms, -(-at // 1000))

    def drain(self) -> None:
        return


class CampaignWorld:
    """`per_second` and `limit` are the number's throughput and its account's tier. Worlds of one
    `place` are alike in every id; those on the same tables need places of their own."""

    def __init__(
        self,
        dynamodb: Any,
        *,
        per_second: int = 80,
        limit: str = "TIER_100K",
        place: int = 0,
        clock: FakeClock | None = None,
    ) -> None:
        self.dynamodb = dynamodb
        self.clock = clock or FakeClock()
        self.sqs = FakeSqs(clock=self.clock)
        self._serial = itertools.count(1 + place * 1000)
        self.tenant = Tenant(f"ws_campaigns{place}")
        self.channel = f"90{place}"
        self.meta = Meta(self.clock)
        self.events: dict[str, Event] = {}
        self.lanes: dict[str, str] = {}
        self._chunks: list[tuple[int, int, str]] = []
        self._taken = 0
        self.connect(per_second, limit)
        workers = Workers(dynamodb, self.sqs, self.clock)
        self.work = workers.jobs()
        self.pacer = workers.pacer()
        mains = self.meta.mains
        powered = Workers(mains.of(dynamodb), mains.of(self.sqs), self.clock)
        in_no_time = Readying(least=0)
        self.deliver = powered.deliver(self.meta, self._in_turn, self.clock.advance, in_no_time)
        self.receipts = workers.receipts()

    @property
    def bench(self) -> Workbench:
        return self.work.workbench(self.tenant)

    @property
    def campaigns(self) -> Campaigns:
        return Campaigns(self.tenant, "campaigns", self.dynamodb)

    def connect(self, per_second: int, limit: str, portfolio: str = "") -> None:
        """The number `channel`, of an account of its own."""
        channels = Channels(self.tenant, "workspaces", "directory", self.dynamodb)
        throughput = {80: "STANDARD", 1000: "HIGH", 20: "STANDARD"}[per_second]
        channel = Channel(
            self.channel,
            "cloud_api",
            f"waba{self.channel}",
            "+62",
            "Toko",
            "flow",
            coexistence=per_second == 20,
            health=Health("GREEN", limit, throughput, portfolio=portfolio),
        )
        channels.connect(channel, Secrets(token=b"sealed"), by=ANA, at=self.clock())

    def use_s3(self, s3: Any) -> None:
        self.s3 = s3
        self.work = Workers(self.dynamodb, self.sqs, self.clock).jobs(s3)

    # People and campaigns.

    def add_contacts(
        self, many: int, *, in_one_block: bool = False, **more: Any
    ) -> list[ContactRecord]:
        ids = (f"contact{number:010d}" for number in self._serial)
        some = (id_ for id_ in ids if not in_one_block or shard(id_) == 0)
        made = [
            ContactRecord(
                id=next(some),
                revision=1,
                name=f"Ana {n}",
                created_at=self.clock(),
                **more,
            ).with_phone(f"+62812{next(self._serial):08d}")
            for n in range(many)
        ]
        for record in made:
            for write in created(self.tenant, "contacts", record):
                put = write.request["Put"]
                self.dynamodb.put_item(TableName=put["TableName"], Item=put["Item"])
        return made

    def change(self, contact_id: str, **change: Any) -> None:
        contacts = Contacts(self.tenant, "contacts", self.dynamodb)
        contacts.change(contact_id, lambda one: replace(one, **change), self.clock())

    def draft(self, **plan: Any) -> str:
        id_ = f"campaign{next(self._serial):08d}"
        whole = {
            "channel_id": self.channel,
            "message": TEMPLATE,
            "variables": {"name": NAME},
            "audience": EVERYBODY,
            "frequency_cap": None,
            "quiet_hours": None,
            "time_zone": "Asia/Jakarta",
            **plan,
        }
        weight = whole.pop("weight", 1)
        campaign = Campaign(id_, "Sale", DRAFT, whole, weight, created_at=self.clock())
        self.campaigns.create(campaign, _nothing(self.tenant))
        return id_

    def start(self, **plan: Any) -> str:
        """A campaign whose audience is frozen."""
        id_ = self.draft(**plan)
        begin(self.bench, self.campaigns.get(id_))
        self.do_jobs()
        return id_

    def do_jobs(self) -> None:
        while jobs := self.sqs.sent.pop("jobs", []):
            for job in jobs:
                self.work.run(sqs_record(job["MessageBody"]))

    def total(self, id_: str) -> Tally:
        return added(self.bench.tallies(id_).all().values())

    def recipients(self, id_: str) -> list[Recipient]:
        blocks = self.bench.tallies(id_).all()
        return [one for block in blocks for one in self.bench.recipients(id_).block(block)]

    # Time.

    def tick(self) -> None:
        """A minute has begun."""
        self.sqs.sent.pop("paces", None)
        self.pacer.pace(self.channel)
        self._collect()

    def between_look_and_release(self, happens: Callable[[], None]) -> None:
        """A pacer's minute; once, before it commits what it lets go."""
        commit, first = self.dynamodb.transact_write_items, iter([True])

        def disturbed(**params: Any) -> Any:
            if next(first, False):
                happens()
            return commit(**params)

        with mock.patch.object(self.dynamodb, "transact_write_items", disturbed):
            self.tick()

    def dies_before_handing_over(self) -> None:
        """A pacer, once it has committed what it lets go."""
        dead = mock.patch.object(self.sqs, "send_message_batch", side_effect=Killed)
        with dead, suppress(Killed):
            self.tick()

    def deliver_next(self, *, dies: bool = False) -> bool:
        """The next chunk, when its time comes; answers whether there was one."""
        self._collect()
        if not self._chunks:
            return False
        self._chunks.sort()
        due, receives, body = self._chunks.pop(0)
        self.clock.ms = max(self.clock.ms, due)
        record = sqs_record(body, receives=receives)
        self.sqs.visibility = [(record["receiptHandle"], VISIBILITY_SECONDS)]
        try:
            if dies:
                raise Killed
            self.deliver.run(record)
        except NotYetError as later:
            again = self.clock.ms + round(later.seconds * 1000)
        except Killed:
            self.meta.mains.on = True  # for the next one
            # As long as it was held last.
            again = self.clock.ms + self.sqs.visibility[-1][1] * 1000
        else:
            self.gather_events()
            return True
        self._chunks.append((again, receives + 1, body))
        self.gather_events()
        return True

    def run_for(self, minutes: int) -> None:
        """The pacer each minute, and every chunk at its time."""
        for _ in range(minutes):
            until = self.clock.ms + 60_000
            self.tick()
            while self._chunks and min(self._chunks)[0] < until and self.clock.ms < until:
                self.deliver_next()
            self.clock.ms = max(self.clock.ms, until)

    def chunks(self) -> list[JsonObject]:
        """What waits in the queue, in the order in which it came."""
        self._collect()
        return [json.loads(body) for _, _, body in self._chunks]

    def waiting_chunks(self) -> int:
        self._collect()
        return len(self._chunks)

    def repeat_chunks(self) -> None:
        """SQS delivers what waits twice."""
        self._chunks += list(self._chunks)

    def _collect(self) -> None:
        for sent in self.sqs.sent.pop("chunks", []):
            due = self.clock.ms + sent.get("DelaySeconds", 0) * 1000
            self._chunks.append((due, 1, sent["MessageBody"]))

    def gather_events(self) -> None:
        for sent in self.sqs.sent.pop("inbound", []):
            told = from_body(json.loads(sent["MessageBody"]))
            for event in told.events:
                self.events[event.id] = event
                self.lanes[event.id] = told.contact

    def lanes_hear(self) -> None:
        """Conversations know of what campaigns have sent in them."""
        heard: dict[str, list[JsonObject]] = {}
        for event in self.events.values():
            told = {name: event.body[name] for name in ("campaign", "recipient")}
            heard.setdefault(self.lanes[event.id], []).append({**told, "at": event.at})
        for lane, campaigns in heard.items():
            talk = Conversation(
                self.channel, Contact(lane), handling=Handling(campaigns=tuple(campaigns))
            )
            self._keep(talk)

    def writes(self, record: ContactRecord) -> None:
        """A contact, at this moment: their conversation is open for 24 hours."""
        assert record.phone
        lane = contact_id(self.channel, "wa_id", record.phone[1:])
        window = Window().after({"type": "text"}, self.clock())
        self._keep(Conversation(self.channel, Contact(lane), window=window))

    def _keep(self, talk: Conversation) -> None:
        pk = keys.conversation(self.tenant, self.channel, talk.contact.id)
        item = {
            **keys.key(pk, keys.STATE),
            "version": {"N": "1"},
            "body": {"S": json.dumps(to_json(talk))},
        }
        self.dynamodb.put_item(TableName="conversations", Item=item)

    def tell(self, callback: str, name: str, **more: Any) -> None:
        """One of WhatsApp's statuses."""
        told = meta_status(name, callback=callback, **more)
        told["id"] = more.get("id", self.meta.wamids.get(callback, "wamid.none"))
        body = webhook_body(value(statuses=[told], phone_number_id=self.channel))
        changes = body["entry"][0]["changes"][0]["value"]
        statuses = [[self.channel, one] for one in changes["statuses"]]
        record = {"v": 1, "statuses": statuses, "kept": [], "at": self.clock()}
        assert self.receipts.run([sqs_record(record)]) == []

    @contextmanager
    def _spread(self) -> Iterator[Spread]:
        yield InTurn(self.clock)

    def _in_turn(self) -> AbstractContextManager[Spread]:
        return self._spread()


def _nothing(tenant: Tenant) -> Write:
    return entry(tenant, "workspaces", Change(ANA, "campaign.created", "c", 0))
