"""From a question to an answer: find passages, choose, let the model write, hold it to rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from rag.prices import usd
from rag.prompt import NO_ANSWER, Prompt, heading_of, prompt_for
from rag.queries import Scope
from rag.refusing import sources_word
from rag.rewriting import Turn, leans_on, rewriting, rewritten
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
    usd: float | None = 0.0
    milliseconds: int = 0

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out


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

    @property
    def top_relevance(self) -> float:
        return max((one.relevance for one in self.found), default=0.0)


@dataclass(frozen=True, slots=True)
class Answering:
    """`timer` in milliseconds; `scale` belongs to the embedding model."""

    find: Finds
    converse: Converse
    embedding_model: str
    timer: Callable[[], float]
    scale: Scale = field(default_factory=Scale)

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
        found = self.passages(question.scope, asked, settings)
        used = chosen(found, settings.threshold, settings.passages)
        spent = self._embedded(spent, asked)
        so_far = Answer(
            NO_ANSWER_FOUND,
            reason="below_threshold",
            question=asked,
            found=tuple(found[:_SHOWN]),
            used=tuple(used),
            spent=spent,
        )
        if not used:
            return so_far
        prompt = prompt_for(
            asked,
            used,
            language=settings.language or question.language or language_of(asked, ""),
            characters=settings.characters,
            instructions="\n".join(filter(None, (settings.instructions, question.instructions))),
        )
        most = max(100, round(settings.characters * _TOKENS_PER_CHARACTER))
        reply = self.converse(prompt, most_tokens=most, tenant_id=question.scope.tenant.id)
        so_far = replace(so_far, prompt=prompt, spent=self._added(spent, reply))
        return _held(so_far, reply, settings, prompt)

    def passages(self, scope: Scope, question: str, settings: AskingSettings) -> list[Passage]:
        """What is found, rated, best first."""
        candidates = fuse(self.find(scope, question), settings.weights)
        return rated(question, candidates, self.scale)

    def _standing_alone(self, question: Question, settings: AskingSettings) -> tuple[str, Spent]:
        if not settings.rewrite or not leans_on(question.text, question.history):
            return question.text, Spent()
        reply = self.converse(
            rewriting(question.text, question.history),
            most_tokens=_REWRITE_TOKENS,
            tenant_id=question.scope.tenant.id,
        )
        return rewritten(question.text, reply.text), self._added(Spent(), reply)

    def _added(self, spent: Spent, reply: Reply) -> Spent:
        cost = usd(self.converse.model, reply.tokens_in, reply.tokens_out)
        return replace(
            spent,
            tokens_in=spent.tokens_in + reply.tokens_in,
            tokens_out=spent.tokens_out + reply.tokens_out,
            usd=_sum(spent.usd, cost),
        )

    def _embedded(self, spent: Spent, text: str) -> Spent:
        tokens = len(text) // _CHARACTERS_PER_TOKEN + 1
        cost = _sum(spent.usd, usd(self.embedding_model, tokens))
        return replace(spent, embedded_tokens=tokens, usd=cost)


def _held(so_far: Answer, reply: Reply, settings: AskingSettings, prompt: Prompt) -> Answer:
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
    tail = _sources_line(sources, so_far.question) if settings.show_sources else ""
    words = for_whatsapp(marked.text, max(1, settings.characters - len(tail)))
    return replace(so_far, outcome=ANSWERED, reason="", text=words + tail, sources=sources)


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


def _sources_line(sources: Sequence[JsonObject], question: str) -> str:
    named = []
    for source in sources:
        place = " > ".join([source["title"], *source["headings"][-1:]])
        page = f", p. {source['page']}" if source["page"] else ""
        named.append(f"[{source['number']}] {place}{page}"[:120])
    word = sources_word(language_of(question))
    return f"\n\n_{word}: {' · '.join(named)}_"


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
