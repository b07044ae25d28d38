"""How a knowledge base answers: what its workspace may set, with what holds otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from rag.fusion import Weights


class AskingSettings(BaseModel):
    """`threshold` is the relevance (0 to 1) below which a passage is not used; `weight_of_meaning`
    how much vectors count against words (1: vectors alone). `characters` bound an answer. With
    `rerank` a model puts the best passages in a better order, where the deployment has one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    threshold: float = Field(default=0.35, ge=0, le=1)
    weight_of_meaning: float = Field(default=0.6, ge=0, le=1)
    passages: int = Field(default=5, ge=1, le=10)
    characters: int = Field(default=900, ge=100, le=3500)
    instructions: str = Field(default="", max_length=2000)
    language: str = Field(default="", pattern=r"^([a-z]{2})?$")
    show_sources: bool = True
    rewrite: bool = True
    rerank: bool = False

    @property
    def weights(self) -> Weights:
        return Weights(self.weight_of_meaning, 1 - self.weight_of_meaning)


def settings_of(stored: Mapping[str, Any]) -> AskingSettings:
    """Of what a knowledge base's record has; a setting that is no longer known does not count."""
    known = {name: stored[name] for name in AskingSettings.model_fields if name in stored}
    return AskingSettings(**known)
