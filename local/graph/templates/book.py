"""The templates of an account: made, reviewed, edited, deleted (sections 5.1 and 5.2)."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from local.graph.graph_errors import GraphError, unknown_object
from local.graph.json_types import JsonObject
from local.graph.templates.shape import TemplateToCreate, TemplateToEdit

EDITABLE = frozenset({"APPROVED", "REJECTED", "PAUSED"})
MOST_TEMPLATES = 6000
TOO_MANY = 2388019
EXISTS = 2388024
EDITS_A_DAY = 1
DAY_MS = 24 * 3600 * 1000
NAME_REST_MS = 30 * DAY_MS
FIRST_ID = 600_000_000_000_000


@dataclass
class Template:
    """`components` as they were given. `quality` is GREEN, YELLOW, RED or UNKNOWN."""

    id: str
    name: str
    language: str
    category: str
    parameter_format: str
    components: list[JsonObject]
    ttl_seconds: int | None = None
    status: str = "PENDING"
    reason: str = "NONE"
    quality: str = "UNKNOWN"
    edited_at: list[int] = field(default_factory=list)

    def as_json(self) -> JsonObject:
        shown: JsonObject = {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "parameter_format": self.parameter_format,
            "status": self.status,
            "components": self.components,
            "quality_score": {"score": self.quality},
        }
        if self.status == "REJECTED":
            shown["rejected_reason"] = self.reason
        if self.ttl_seconds is not None:
            shown["message_send_ttl_seconds"] = self.ttl_seconds
        return shown


@dataclass(frozen=True)
class Verdict:
    """What a review ends in; `reason` and `recommendation` are told with a rejection."""

    event: str = "APPROVED"
    reason: str = "NONE"
    recommendation: str = ""


class TemplateBook:
    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._templates: dict[str, Template] = {}
        self._deleted: dict[tuple[str, str], int] = {}
        self._count = 0
        self.verdicts: deque[Verdict] = deque()

    def __iter__(self) -> Iterator[Template]:
        return iter(self._templates.values())

    def add(self, wanted: TemplateToCreate, components: list[JsonObject]) -> Template:
        place = (wanted.name, wanted.language)
        if self.find(*place) is not None:
            raise GraphError(100, "Content in this language already exists.", subcode=EXISTS)
        if self._now_ms() - self._deleted.get(place, -NAME_REST_MS) < NAME_REST_MS:
            raise GraphError(100, "The name is still being deleted; try again in 4 weeks.")
        if len(self._templates) >= MOST_TEMPLATES:
            raise GraphError(TOO_MANY, "The account has too many templates.")
        self._count += 1
        template = Template(
            id=str(FIRST_ID + self._count),
            name=wanted.name,
            language=wanted.language,
            category=wanted.category,
            parameter_format=wanted.parameter_format,
            components=components,
            ttl_seconds=wanted.message_send_ttl_seconds,
        )
        self._templates[template.id] = template
        return template

    def get(self, template_id: str) -> Template:
        try:
            return self._templates[template_id]
        except KeyError:
            raise unknown_object(template_id, "get") from None

    def has(self, template_id: str) -> bool:
        return template_id in self._templates

    def find(self, name: str, language: str) -> Template | None:
        for template in self._templates.values():
            if (template.name, template.language) == (name, language):
                return template
        return None

    def edit(
        self, template: Template, wanted: TemplateToEdit, components: list[JsonObject] | None
    ) -> None:
        """An approved one may be edited once a day and ten times in thirty."""
        if template.status not in EDITABLE:
            raise GraphError(100, f"A template that is {template.status} cannot be edited.")
        now = self._now_ms()
        if template.status == "APPROVED":
            if wanted.category and wanted.category != template.category:
                raise GraphError(100, "The category of an approved template cannot be changed.")
            lately = [at for at in template.edited_at if now - at < 30 * DAY_MS]
            today = [at for at in lately if now - at < DAY_MS]
            if len(today) >= EDITS_A_DAY or len(lately) >= 10:
                raise GraphError(100, "The template has been edited too often.")
            template.edited_at = [*lately, now]
        template.category = wanted.category or template.category
        template.components = components or template.components
        template.ttl_seconds = wanted.message_send_ttl_seconds or template.ttl_seconds
        template.status = "PENDING"

    def delete(self, name: str, template_id: str | None) -> list[Template]:
        """All languages of a name, or the one with the id."""
        gone = [
            template
            for template in self._templates.values()
            if template.name == name and template_id in (None, template.id)
        ]
        if not gone:
            raise GraphError(100, f"Message template {name} was not found.")
        for template in gone:
            del self._templates[template.id]
            self._deleted[template.name, template.language] = self._now_ms()
        return gone

    def next_verdict(self) -> Verdict:
        return self.verdicts.popleft() if self.verdicts else Verdict()
