"""What every message shape shares: no unknown keys, and refusals that carry Meta's own code."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from local.graph import error_table

GRAPH_CODE_PREFIX = "graph_"

Wamid = Annotated[str, StringConstraints(pattern=r"^wamid\.[A-Za-z0-9+/=_-]+$")]
Filled = Annotated[str, StringConstraints(min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]


class Shape(BaseModel):
    """One JSON object of a request; a key it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refusal(code: int, text: str) -> PydanticCustomError:
    """An error that reaches the caller under `code`."""
    return PydanticCustomError(f"{GRAPH_CODE_PREFIX}{code}", "{text}", {"text": text})


def invalid(text: str) -> PydanticCustomError:
    return refusal(error_table.PARAMETER_VALUE_INVALID, text)


def missing(text: str) -> PydanticCustomError:
    return refusal(error_table.REQUIRED_PARAMETER_MISSING, text)


def at_most(length: int, at_least: int = 1) -> StringConstraints:
    return StringConstraints(min_length=at_least, max_length=length)


def count(least: int, most: int) -> object:
    """How many elements an array may hold."""
    return Field(min_length=least, max_length=most)


def all_different(values: list[str], what: str) -> None:
    if len(set(values)) != len(values):
        raise invalid(f"{what} must be unique")
