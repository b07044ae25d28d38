"""A house whose messages are metered from the stream of its conversations table."""

from __future__ import annotations

from account.metering import Metering, Settings
from shared.json_types import JsonObject
from shared.store.usage import Usage
from shared.usage.meters import Meter
from shared.usage.months import month_of
from tests.builders import AT, text_message, value, webhook_body
from tests.house import TENANT, House
from tests.table_streams import told
from tests.unit.flow.faults import Calls, Watched

MONTH = month_of(AT * 1000)


class MeteredHouse(House):
    """`told` is what the stream has told so far, oldest first."""

    @property
    def told(self) -> list[JsonObject]:
        return told("conversations")

    def meter(self, records: list[JsonObject], calls: Calls | None = None) -> None:
        watched = Watched(self.dynamodb, calls or Calls())
        Metering(Settings("usage"), watched).run(records)

    def used(self, meter: Meter) -> int:
        return Usage(TENANT, "usage", self.dynamodb).used(meter, MONTH)

    def hears(self, *texts: str, first: int = 1) -> None:
        for place, text in enumerate(texts, first):
            body = webhook_body(
                value(messages=[text_message(text, id_=f"wamid.in.{place}", at=AT + place)])
            )
            self.post(body)
        self.work()
        self.send()
