"""What goes in and out of the routes that ask. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rag.asking_settings import AskingSettings
from shared.api import Input, Output

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Said(Input):
    """`by_us` for what the business said."""

    by_us: bool
    text: Annotated[str, StringConstraints(max_length=2000)]


class Ask(Input):
    """`settings` are tried instead of the knowledge base's own. Without `answer` passages are found
    and rated, and no model is asked to write; what one reads to put them in order counts.
    `language` (the customer's) and `instructions` are those that a step of a flow asks with."""

    question: Text
    language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2})?$")] = ""
    instructions: Annotated[str, StringConstraints(max_length=4096)] = ""
    history: Annotated[list[Said], Field(max_length=20, default_factory=list)]
    settings: AskingSettings | None = None
    answer: bool = True


class PassageShown(Output):
    """`relevance` (0 to 1) is what the threshold is set on; `similarity` the cosine of the vectors,
    `words` the BM25 score, `fused` what ranks, `reranked` the score by which a model ranked it
    anew, null where none was asked. `used` for those that the model was given, `cited`
    the number under which the answer cites it."""

    document_id: str
    title: str
    headings: list[str]
    page: int | None
    chunk_no: int
    text: str
    relevance: float
    similarity: float
    words: float
    fused: float
    reranked: float | None
    named: bool
    used: bool
    cited: int | None


class SourceShown(Output):
    """A passage that the answer cites, under its `number`."""

    number: int
    document_id: str
    title: str
    headings: list[str]
    page: int | None
    chunk_no: int


class PromptShown(Output):
    system: str
    user: str


class Answered(Output):
    """`outcome` is answered, no_answer or failed, for the `reason`; `question` as it was
    looked for, which may be rewritten. `rerank_failed` says that a better order of the passages was
    asked for and did not come. `usd` is null where a model's price is not known."""

    id: str | None
    outcome: Literal["answered", "no_answer", "failed", "found"]
    reason: str
    question: str
    text: str
    sources: list[SourceShown]
    threshold: float
    passages: list[PassageShown]
    prompt: PromptShown | None
    model: str
    tokens_in: int
    tokens_out: int
    rerank_queries: int
    rerank_failed: bool
    usd: float | None
    milliseconds: int


class AnswerShown(Output):
    """An answer that was given. Its words are in the conversation. `thumb` is by people who work
    here, `customer_thumb` by the customer."""

    id: str
    at: int
    outcome: str
    reason: str
    relevance: float
    tokens_in: int
    tokens_out: int
    usd: float | None
    milliseconds: int
    model: str
    documents: list[str]
    thumb: str
    customer_thumb: str


class AnswerPage(Output):
    items: list[AnswerShown]
    next_cursor: str | None


class ThumbsShown(Output):
    """How many customers said that an answer helped them, and how many that it did not."""

    up: int
    down: int


class Thumb(Input):
    """An empty one takes it back."""

    thumb: Literal["up", "down", ""]
