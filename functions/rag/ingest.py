"""The queue `KnowledgeJobs`: documents are brought into the index, and out of it, in pieces."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from rag import removing, steps
from rag.bench import Bench, IngestSettings, Tools
from rag.collection import CollectionBusyError, connect
from rag.embedding import BedrockEmbedding, EmbeddingBusyError
from rag.settings import BedrockSettings, CollectionSettings
from rag.work import EMBED, FORGET, FORGET_BASE, PUBLISH, READ, TIDY, entry
from shared.aws import bedrock_runtime, client, credentials
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import MAX_DELAY_SECONDS, retry_after
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.documents import DocumentStateError
from shared.store.tenant_files import FileMissingError
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

Settings = IngestSettings
MAX_RECEIVES: Final = 5  # of the queue: the last one must end what waits for it
MOST_TRIES: Final = 20  # some hours
_FIRST_WAIT_SECONDS: Final = 4
_OF_VERSIONS: Final = frozenset({READ, EMBED, PUBLISH})
_BUSY: Final = (EmbeddingBusyError, CollectionBusyError, BusyError)
_TOO_BUSY: Final = "The services that index documents were too busy for hours. Index it again."
_OURS: Final = "Something went wrong on our side. Index the document again."
_MISSING: Final = "Its file is no longer there. Upload it again."

_WORK: Final[Mapping[str, Callable[[Bench, Any], None]]] = {
    READ: steps.read_source,
    EMBED: steps.embed_part,
    PUBLISH: steps.publish,
    TIDY: removing.tidy,
    FORGET: removing.forget,
    FORGET_BASE: removing.forget_base,
}


@dataclass(frozen=True, slots=True)
class Ingest:
    tools: Tools

    def run(self, record: JsonObject) -> None:
        """One queue record: one piece of work. Raises NotYetError when it is to come back."""
        body = json.loads(record["body"])
        bench = Bench(self.tools, Tenant(body["tenant"]))
        is_last = int(record["attributes"]["ApproximateReceiveCount"]) >= MAX_RECEIVES
        try:
            _WORK[body["work"]](bench, body)
        except DocumentStateError:
            return  # deleted, or a newer version has begun
        except steps.GaveUpError as error:
            self._end(bench, body, str(error))
        except FileMissingError:
            self._end(bench, body, _MISSING)
        except _BUSY:
            self._put_off(bench, body)
        except NotYetError:
            if not is_last:
                raise
            # What it waits for was never written.
        except Exception:
            if is_last:
                self._end(bench, body, _OURS)
            raise

    def _put_off(self, bench: Bench, body: JsonObject) -> None:
        """As a new entry: what is merely busy must not use up the queue's tries."""
        if body["work"] in _OF_VERSIONS and body["tries"] >= MOST_TRIES:
            self._end(bench, body, _TOO_BUSY)
            return
        count("KnowledgeJobsPutOff")
        longest = min(MAX_DELAY_SECONDS, _FIRST_WAIT_SECONDS * 2 ** body["tries"])
        bench.hand_over(
            entry(
                bench.tenant,
                body["work"],
                body["base"],
                body["document"],
                version=body["version"],
                part=body["part"],
                tries=min(MOST_TRIES, body["tries"] + 1),
                until=body["until"],
                delay=max(1, round(longest * random.uniform(0.5, 1))),
            )
        )

    def _end(self, bench: Bench, body: JsonObject, reason: str) -> None:
        """Nobody tries again: whoever waits is told."""
        if body["work"] not in _OF_VERSIONS:
            return
        try:
            steps.fail(bench, body, reason)
        except DocumentStateError:
            return  # nobody waits any more


@lru_cache(maxsize=1)
def _ingest() -> Ingest:
    bedrock, place = load(BedrockSettings), load(CollectionSettings)
    collection = connect(place, credentials())
    embed = BedrockEmbedding(
        bedrock_runtime(bedrock.bedrock_url, bedrock.bedrock_region),
        bedrock.embedding_model,
        bedrock.embedding_dimensions,
    )
    return Ingest(
        Tools(
            load(Settings),
            client("dynamodb"),
            client("s3"),
            client("sqs"),
            collection,
            embed,
            f"{bedrock.embedding_model}/{bedrock.embedding_dimensions}",
        )
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("KnowledgeJobRecords", len(event["Records"]))
    ingest = _ingest()
    queue_url = ingest.tools.settings.knowledge_jobs_queue_url
    come_back = partial(retry_after, ingest.tools.sqs, queue_url)
    return run_each(event["Records"], ingest.run, come_back)
