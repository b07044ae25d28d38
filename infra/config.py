"""One frozen dataclass per stage. Constructs read a Stage and never the environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_RETENTIONS_DAYS: Final = (1, 7, 14, 30, 90, 365)
SMALLEST_MAX_CONCURRENCY: Final = 2
COLLECTION_FLOORS: Final = (0, 2, 4, 8, 16)
OFF: Final = "off"
HOSTED: Final = "hosted"
ELSEWHERE: Final = "elsewhere"


class ConfigError(Exception):
    """A stage is unknown or contradicts itself; the message lists every problem."""


@dataclass(frozen=True, slots=True)
class GoogleSignIn:
    """Google as an identity provider. The client's secret is the text of a secret of that name in
    Secrets Manager; `domain_prefix` names the pool's hosted sign-in, `callback_urls` the pages
    that Google's answer may come back to: the dashboard's address with /signed-in."""

    client_id: str
    secret_name: str
    domain_prefix: str
    callback_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The sizes and promises of one stage. Durations are in seconds unless named otherwise."""

    name: str
    retained: bool
    """Tables, buckets, keys and people outlive the stack and are protected from deletion."""
    enforce_tls: bool
    """Policies refuse plain http. Only a loopback emulator, which has no TLS, goes without."""
    bundle_for_host: bool
    """Dependencies are installed for this machine instead of Python 3.13 on arm64."""
    has_web_stack: bool
    visibility_factor: int
    """A queue hides a message for this many timeouts of its consumer."""
    receipts_batch_size: int
    receipts_window: int
    max_concurrency: int | None
    """Concurrent batches per queue; None leaves it to Lambda."""
    authorizer_cache: int
    unsettled_window: int
    """How long an ambiguous send waits for a status before it is sent again."""
    requests_per_second: int
    request_burst: int
    log_retention_days: int
    log_level: str = "INFO"
    graph_api_version: str = "v25.0"
    campaign_concurrency: int | None = None
    """How many workers send campaigns at once, kept free for them; None reserves nothing, for
    accounts that have little to reserve."""
    pair_burst: int = 40
    """How many messages one person is sent at once, before one in six seconds; Meta takes 45."""
    flow_limits: tuple[tuple[str, int], ...] = ()
    """Of what one flow may do, where the engine's own limits do not fit: names as in
    functions/flow/engine/limits.py, such as ("steps_per_event", 500)."""
    mail_sender: str = ""
    """The address that invitations come from; empty until SES may send for one."""
    google: GoogleSignIn | None = None
    linked_phones: str = OFF
    """Whether phones are linked as WhatsApp Web is: OFF, HOSTED (a stack of its own runs the
    service) or ELSEWHERE (parameter BaileysUrl says where it runs)."""
    collection: str = HOSTED
    """Where passages of documents are indexed: HOSTED (a collection of OpenSearch Serverless in the
    stage's own Region, which must have the service) or ELSEWHERE (parameter CollectionUrl)."""
    collection_floor: int = 0
    """OCUs that search and indexing keep each while nobody asks. At 0 nothing is paid then, and the
    first question after ten minutes waits up to half a minute."""
    bedrock_region: str = ""
    """The Region whose models are called; empty is the stage's own."""
    embedding_model: str = "cohere.embed-multilingual-v3"
    embedding_dimensions: int = 1024
    """Another model or number of dimensions needs every document indexed again."""
    similarity_low: float = 0.25
    similarity_high: float = 0.70
    """The embedding model's cosines of texts that have nothing to do with one another, and of a
    question and its answer."""
    rerank_model: str = ""
    """What knowledge bases may have their passages put in a better order by, such as
    "cohere.rerank-v3-5:0"; empty offers none."""
    rerank_region: str = ""
    """Where it is, and passages are sent to: in few Regions, not in Singapore or Jakarta."""
    chat_model: str = "global.anthropic.claude-haiku-4-5-20251001-v1:0"
    """What writes answers; a "global." profile may process them in any Region."""
    judge_model: str = ""
    """What judges answers when a knowledge base is evaluated; empty is the one that writes them."""
    guardrail: str = ""
    """"id:version" of a guardrail of Bedrock that answers pass; empty for none."""
    meta_signup: bool = False
    """Whether the dashboard may run the script of Meta's sign-up window: for platforms that have a
    Meta app of their own, with "app_id" and "signup_config_id" in its secret."""

    def __post_init__(self) -> None:
        if problems := list(self._problems()):
            raise ConfigError(f"stage {self.name!r}: " + "; ".join(problems))

    def _problems(self) -> list[str]:
        rules = {
            "visibility_factor must be at least 1": self.visibility_factor >= 1,
            "receipts_batch_size must be 1 to 10000": 1 <= self.receipts_batch_size <= 10_000,
            "receipts_window must be 0 to 300": 0 <= self.receipts_window <= 300,
            "a batch above 10 needs a window of at least 1": (
                self.receipts_batch_size <= 10 or self.receipts_window >= 1
            ),
            "max_concurrency must be 2 to 1000": (
                self.max_concurrency is None
                or SMALLEST_MAX_CONCURRENCY <= self.max_concurrency <= 1000
            ),
            "campaign_concurrency must be 2 to 1000": (
                self.campaign_concurrency is None
                or SMALLEST_MAX_CONCURRENCY <= self.campaign_concurrency <= 1000
            ),
            "authorizer_cache must be 0 to 3600": 0 <= self.authorizer_cache <= 3600,
            "unsettled_window must be positive": self.unsettled_window > 0,
            "request_burst must be at least requests_per_second": (
                self.request_burst >= self.requests_per_second > 0
            ),
            "mail_sender must be an address": not self.mail_sender or "@" in self.mail_sender,
            f"log_level must be one of {LOG_LEVELS}": self.log_level in LOG_LEVELS,
            f"log_retention_days must be one of {LOG_RETENTIONS_DAYS}": (
                self.log_retention_days in LOG_RETENTIONS_DAYS
            ),
            f"linked_phones must be one of {(OFF, HOSTED, ELSEWHERE)}": (
                self.linked_phones in (OFF, HOSTED, ELSEWHERE)
            ),
            f"collection must be one of {(HOSTED, ELSEWHERE)}": (
                self.collection in (HOSTED, ELSEWHERE)
            ),
            f"collection_floor must be one of {COLLECTION_FLOORS}": (
                self.collection_floor in COLLECTION_FLOORS
            ),
            "embedding_dimensions must be positive": self.embedding_dimensions > 0,
            "rerank_model and rerank_region must be given together": (
                bool(self.rerank_model) == bool(self.rerank_region)
            ),
            "a retained stage must enforce TLS": self.enforce_tls or not self.retained,
            "a stage bundled for the host cannot be retained": (
                not (self.bundle_for_host and self.retained)
            ),
        }
        return [message for message, holds in rules.items() if not holds]


LOCAL: Final = Stage(
    name="local",
    retained=False,
    enforce_tls=False,
    bundle_for_host=True,
    has_web_stack=False,
    # Redelivery after a killed worker should be seen within seconds.
    visibility_factor=1,
    receipts_batch_size=10,
    receipts_window=0,
    max_concurrency=None,
    authorizer_cache=0,
    unsettled_window=20,
    requests_per_second=200,
    request_burst=400,
    log_retention_days=1,
    mail_sender="kabar@kabar.test",
    # Tests say within a second what takes people minutes.
    pair_burst=10_000,
    linked_phones=ELSEWHERE,
    collection=ELSEWHERE,
    # Of the stand-in's vectors of hashed words.
    similarity_low=0.1,
    similarity_high=0.5,
    rerank_model="cohere.rerank-v3-5:0",
    rerank_region="ap-northeast-1",
)

DEV: Final = Stage(
    name="dev",
    retained=False,
    enforce_tls=True,
    bundle_for_host=False,
    has_web_stack=True,
    visibility_factor=6,
    receipts_batch_size=100,
    receipts_window=1,
    # A new account may run as few as ten functions at once: leave room for the webhook.
    max_concurrency=2,
    authorizer_cache=60,
    unsettled_window=300,
    requests_per_second=100,
    request_burst=200,
    log_retention_days=14,
)

PROD: Final = Stage(
    name="prod",
    retained=True,
    enforce_tls=True,
    bundle_for_host=False,
    has_web_stack=True,
    visibility_factor=6,
    receipts_batch_size=100,
    receipts_window=1,
    max_concurrency=100,
    campaign_concurrency=50,
    authorizer_cache=60,
    unsettled_window=300,
    requests_per_second=1000,
    request_burst=2000,
    log_retention_days=365,
)

STAGES: Final = {stage.name: stage for stage in (LOCAL, DEV, PROD)}


def stage_named(name: str) -> Stage:
    """The stage of that name.

    Raises:
        ConfigError: there is none.
    """
    try:
        return STAGES[name]
    except KeyError:
        raise ConfigError(f"unknown stage {name!r}: choose one of {', '.join(STAGES)}") from None
