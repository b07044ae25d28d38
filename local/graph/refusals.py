"""Turns the first thing that is wrong with a request into Meta's error."""

from pydantic import ValidationError

from local.graph import error_table
from local.graph.graph_errors import GraphError
from local.graph.shapes.strict import GRAPH_CODE_PREFIX

CODE_OF = {
    "missing": error_table.REQUIRED_PARAMETER_MISSING,
    "string_too_long": error_table.INVALID_PARAMETER,
    "extra_forbidden": error_table.INVALID_PARAMETER,
}


def refusal_of(error: ValidationError, *, inside: tuple[str, ...] = ()) -> GraphError:
    """`inside` is where the checked part sits in the request, outermost first."""
    first = error.errors(include_url=False)[0]
    kind = first["type"]
    code = (
        int(kind.removeprefix(GRAPH_CODE_PREFIX))
        if kind.startswith(GRAPH_CODE_PREFIX)
        else CODE_OF.get(kind, error_table.PARAMETER_VALUE_INVALID)
    )
    return GraphError(code, _sentence(parameter_path((*inside, *first["loc"])), first["msg"]))


def parameter_path(location: tuple[int | str, ...]) -> str:
    """`("text", "body")` as Meta writes it: `text['body']`."""
    if not location:
        return "body"
    head, *rest = location
    return str(head) + "".join(
        f"['{part}']" if isinstance(part, str) else f"[{part}]" for part in rest
    )


def _sentence(path: str, message: str) -> str:
    return f"Param {path}: {message[:1].lower()}{message[1:]}."
