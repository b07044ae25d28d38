"""From a question to an answer: find passages, choose, let the model write, hold it to rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from rag.asking_settings import AskingSettings
from rag.citations import cited
from rag.collection import CollectionBusyError
from rag.converse import Converse, ModelBusyError, Reply
from rag.embedding import EmbeddingBusyError
from rag.fusion import Found, fuse
from rag.guarding import objection
from rag.passages import Passage, Scale, chosen, rated
from rag.prices import usd, usd_of_queries
from rag.prompt import NO_ANSWER, Prompt, heading_of, prompt_for
from rag.queries import Scope
from rag.reranking import Rerank, in_better_order
from rag.rewriting import Turn, leans_on, rewriting, rewritten
from rag.source_line import source_line
from rag.terms import language_of
from rag.wording import for_whatsapp
from shared.json_types import JsonObject

ANSWERED: Final = "answered"
NO_ANSWER_FOUND: Final = "no_answer"
FAILED: Final = "failed"
BUSY_ERRORS: Final = (CollectionBusyError, EmbeddingBusyError, ModelBusyError)
_TOKENS_PER_CHARACTER: Final = 0.5  # of an answer, at most: room, not an estimate
_CHARACTERS_PER_TOKEN: Final = 4  # of a question, about: embedding models do not tell
_SHOWN: Final = 20  # passages that did not make it, for whoever sets the threshold
_REWRITE_TOKENS: Final = 150
_SHARE_OF_SOURCES: Final = 3  # a third of an answer, at most


class Finds(Protocol):
    def __call__(self, scope: Scope, question: str) -> Found: ...


@dataclass(frozen=True, slots=True)
class Question:
    """`language` is the customer's, empty when not known: then the question's own. `instructions`
    are the flow's, added to the knowledge base's."""

    scope: Scope
    text: str
    language: str = ""
    instructions: str = ""
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Spent:
    """`usd` is None where a model's price is not known. `milliseconds` from question to answer."""

    tokens_in: int = 0
    tokens_out: int = 0
    embedded_tokens: int = 0
    reranked_tokens: int = 0
    rerank_queries: int = 0
    usd: float | None = 0.0
    milliseconds: int = 0

    @property
    def tokens(self) -> int:
        """All that count towards what a plan allows."""
        written = self.tokens_in + self.tokens_out
        return written + self.embedded_tokens + self.reranked_tokens

    def plus(self, other: Spent) -> Spent:
        both = None if self.usd is None or other.usd is None else self.usd + other.usd
        return Spent(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.embedded_tokens + other.embedded_tokens,
            self.reranked_tokens + other.reranked_tokens,
            self.rerank_queries + other.rerank_queries,
            both,
            self.milliseconds + other.milliseconds,
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was found, best first. `rerank_failed` where a better order was asked for in vain."""

    passages: list[Passage]
    spent: Spent
    rerank_failed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`outcome` is "answered", "no_answer" or "failed", and `reason` says why it is not the first:
    "below_threshold", "model" (it found no answer in the passages), "uncited", "rules", "address",
    "blocked", "busy". `sources` are the cited passages in their order; `found` all that was found,
    `used` those that the model was given."""

    outcome: str
    text: str = ""
    reason: str = ""
    question: str = ""
    sources: tuple[JsonObject, ...] = ()
    found: tuple[Passage, ...] = ()
    used: tuple[Passage, ...] = ()
    prompt: Prompt | None = None
    spent: Spent = field(default_factory=Spent)
    rerank_failed: bool = False

    @property
    def top_relevance(self) -> float:
        return max((one.relevance for one in self.found), default=0.0)


@dataclass(frozen=True, slots=True)
class Answering:
    """`timer` in milliseconds; `scale` belongs to the embedding model; `rerank` is None where the
    deployment has no model for it."""

    find: Finds
    converse: Converse
    embedding_model: str
    timer: Callable[[], float]
    scale: Scale = field(default_factory=Scale)
    rerank: Rerank | None = None

    def __call__(self, question: Question, settings: AskingSettings) -> Answer:
        """Where something takes no more just now the outcome is "failed", the reason "busy"."""
        begun = self.timer()
        try:
            answer = self._answer(question, settings)
        except BUSY_ERRORS:
            answer = Answer(FAILED, reason="busy", question=question.text)
        took = round(self.timer() - begun)
        return replace(answer, spent=replace(answer.spent, milliseconds=took))

    def _answer(self, question: Question, settings: AskingSettings) -> Answer:
        asked, spent = self._standing_alone(question, settings)
        ranked = self.passages(question.scope, asked, settings)
        used = chosen(ranked.passages, settings.threshold, settings.passages)
        spent = spent.plus(ranked.spent)
        so_far = Answer(
            NO_ANSWER_FOUND,
            reason="below_threshold",
            question=asked,
            found=tuple(ranked.passages[:_SHOWN]),
            used=tuple(used),
            spent=spent,
            rerank_failed=ranked.rerank_failed,
        )
        if not used:
            return so_far
        language = settings.language or question.language or language_of(asked, "")
        prompt = prompt_for(
            asked,
            used,
            language=language,
            characters=settings.characters,
            instructions="\n".join(filter(None, (settings.instructions, question.instructions))),
        )
        most = max(100, round(settings.characters * _TOKENS_PER_CHARACTER))
        reply = self.converse(prompt, most_tokens=most, tenant_id=question.scope.tenant.id)
        so_far = replace(so_far, prompt=prompt, spent=spent.plus(self._written(reply)))
        return _held(so_far, reply, settings, prompt, language)

    def passages(self, scope: Scope, question: str, settings: AskingSettings) -> Ranked:
        """What is found, rated, best first."""
        candidates = fuse(self.find(scope, question), settings.weights)
        found = rated(question, candidates, self.scale)
        spent = self._embedded(question)
        if self.rerank is None or not settings.rerank:
            return Ranked(found, spent)
        better = in_better_order(question, found, self.rerank)
        read = Spent(
            reranked_tokens=better.tokens,
            rerank_queries=better.queries,
            usd=usd_of_queries(self.rerank.model, better.queries),
        )
        return Ranked(better.passages, spent.plus(read), better.failed)

    def _standing_alone(self, question: Question, settings: AskingSettings) -> tuple[str, Spent]:
        if not settings.rewrite or not leans_on(question.text, question.history):
            return question.text, Spent()
        reply = self.converse(
            rewriting(question.text, question.history),
            most_tokens=_REWRITE_TOKENS,
            tenant_id=question.scope.tenant.id,
        )
        return rewritten(question.text, reply.text), self._written(reply)

    def _written(self, reply: Reply) -> Spent:
        cost = usd(self.converse.model, reply.tokens_in, reply.tokens_out)
        return Spent(reply.tokens_in, reply.tokens_out, usd=cost)

    def _embedded(self, text: str) -> Spent:
        tokens = len(text) // _CHARACTERS_PER_TOKEN + 1
        return Spent(embedded_tokens=tokens, usd=usd(self.embedding_model, tokens))


def _held(
    so_far: Answer, reply: Reply, settings: AskingSettings, prompt: Prompt, language: str
) -> Answer:
    """The model's reply, if it may be sent."""
    if reply.blocked:
        return replace(so_far, reason="blocked")
    if not reply.text or NO_ANSWER in reply.text:
        return replace(so_far, reason="model")
    marked = cited(reply.text, len(so_far.used))
    texts = [f"{heading_of(one)} {one.chunk.text}" for one in so_far.used]
    if reason := objection(marked.text, len(marked.passages), texts, prompt.system):
        return replace(so_far, reason=reason)
    cited_passages = [so_far.used[place] for place in marked.passages]
    sources = tuple(_source(number, one) for number, one in enumerate(cited_passages, 1))
    text, sources = _fitted(
        marked.text, sources, settings, language or language_of(so_far.question)
    )
    return replace(so_far, outcome=ANSWERED, reason="", text=text, sources=sources)


def _fitted(
    text: str, sources: tuple[JsonObject, ...], settings: AskingSettings, language: str
) -> tuple[str, tuple[JsonObject, ...]]:
    """As long as it may be, with the sources that are cited in what is left."""
    room = settings.characters // _SHARE_OF_SOURCES if settings.show_sources else 0
    tail = source_line(sources, language, room)
    words = for_whatsapp(text, settings.characters - len(tail))
    left = tuple(source for source in sources if f"[{source['number']}]" in words) or sources
    return words + source_line(left, language, room), left


def _source(number: int, passage: Passage) -> JsonObject:
    chunk = passage.chunk
    return {
        "number": number,
        "document_id": chunk.document_id,
        "title": chunk.title,
        "headings": list(chunk.headings),
        "page": chunk.page,
        "chunk_no": chunk.chunk_no,
    }
