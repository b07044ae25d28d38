"""JSON in and out of the stand-in's own APIs."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.graph.json_types import JsonObject

Body = TypeVar("Body", bound=BaseModel)


async def read_body(request: Request, shape: type[Body]) -> Body:
    """Raises pydantic's `ValidationError`, also for what is no JSON."""
    return shape.model_validate_json(await request.body())


def listed(items: Iterable[JsonObject]) -> Response:
    return JSONResponse({"items": list(items)})


def refused(error: ValidationError) -> Response:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return problem(400, f"{place}: {first['msg']}" if place else first["msg"])


def problem(status: int, detail: str) -> Response:
    return JSONResponse({"detail": detail}, status_code=status)
