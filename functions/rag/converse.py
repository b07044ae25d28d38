"""Bedrock's Converse, as far as answers need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

from rag.bedrock_errors import CALL_ERRORS, is_busy
from rag.prompt import Prompt

_BLOCKED: Final = frozenset({"guardrail_intervened", "content_filtered"})


class ModelBusyError(RuntimeError):
    """Bedrock takes no more just now."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`blocked` says that a guardrail, or the model's own filter, kept the answer back."""

    text: str
    tokens_in: int
    tokens_out: int
    blocked: bool = False


class Converse(Protocol):
    @property
    def model(self) -> str: ...

    def __call__(self, prompt: Prompt, *, most_tokens: int, tenant_id: str) -> Reply:
        """Raises ModelBusyError."""


@dataclass(frozen=True, slots=True)
class BedrockConverse:
    """`bedrock` is a client of bedrock-runtime. `guardrail` is "id:version", empty for none."""

    bedrock: Any
    model: str
    guardrail: str = ""

    def __call__(self, prompt: Prompt, *, most_tokens: int, tenant_id: str) -> Reply:
        asked: dict[str, Any] = {
            "modelId": self.model,
            "system": [{"text": prompt.system}],
            "messages": [{"role": "user", "content": [{"text": prompt.user}]}],
            "inferenceConfig": {"maxTokens": most_tokens, "temperature": 0.0},
            "requestMetadata": {"tenant": tenant_id},
        }
        if self.guardrail:
            id_, _, version = self.guardrail.partition(":")
            asked["guardrailConfig"] = {
                "guardrailIdentifier": id_,
                "guardrailVersion": version or "DRAFT",
            }
        try:
            answer = self.bedrock.converse(**asked)
        except CALL_ERRORS as error:
            if is_busy(error):
                raise ModelBusyError(self.model) from error
            raise
        usage = answer["usage"]
        said = answer["output"]["message"]["content"]
        return Reply(
            text="".join(part.get("text", "") for part in said).strip(),
            tokens_in=usage["inputTokens"],
            tokens_out=usage["outputTokens"],
            blocked=answer["stopReason"] in _BLOCKED,
        )
