"""The API's description as one page that needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from shared.json_types import JsonObject

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --dim: #888; --accent: #0a7d5a; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.6rem } h2 { margin-top: 3rem } p { max-width: 44rem }
article { border-top: 1px solid var(--line); padding: 1rem 0 }
h3 { font: 600 1rem ui-monospace, monospace; margin: 0; overflow-wrap: anywhere }
h3 b { color: var(--accent); display: inline-block; min-width: 4.5rem }
article p { margin: .3rem 0 } small, .dim { color: var(--dim) }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .5rem 0 }
td { border-top: 1px solid var(--line); padding: .25rem .75rem .25rem 0; vertical-align: top }
td:first-child { font-family: ui-monospace, monospace; white-space: nowrap }
a { color: var(--accent) } a.anchor { color: inherit; text-decoration: none }
"""


def page(document: JsonObject) -> str:
    """From an OpenAPI document of ours; everything in it is escaped."""
    info = document["info"]
    return "".join(
        [
            "<!doctype html><html lang=en><meta charset=utf-8>",
            '<meta name=viewport content="width=device-width, initial-scale=1">',
            f"<title>{escape(info['title'])}</title><style>{_STYLE}</style>",
            f"<h1>{escape(info['title'])}</h1>",
            *(f"<p>{escape(text)}</p>" for text in info["description"].split("\n\n")),
            '<p><a href="openapi.json">openapi.json</a></p>',
            *_sections(document),
            "<h2>Shapes</h2>",
            *(_shape(*named) for named in document["components"]["schemas"].items()),
            "</html>",
        ]
    )


def _sections(document: JsonObject) -> Iterator[str]:
    for tag in document["tags"]:
        yield f"<h2>{escape(tag['name'])}</h2>"
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                if tag["name"] in operation["tags"]:
                    yield _operation(method, path, operation)


def _operation(method: str, path: str, operation: JsonObject) -> str:
    id_ = escape(operation["operationId"])
    fields = [
        (one["name"], one["in"], one["schema"], one.get("description", ""))
        for one in operation.get("parameters", [])
    ]
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        fields.append(("body", "", schema, ""))
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            content = answer.get("content", {}).get("application/json", {})
            fields.append((status, "answer", content.get("schema", {}), answer["description"]))
    rows = "".join(
        f"<tr><td>{escape(name)}<td class=dim>{escape(place)}<td>{_type(schema)}<td>{escape(words)}"
        for name, place, schema, words in fields
    )
    return (
        f'<article id="{id_}"><h3><a class=anchor href="#{id_}"><b>{method.upper()}</b>'
        f"{escape(path)}</a></h3><p>{escape(operation['summary'])}. "
        f"{escape(operation.get('description', ''))}</p>"
        f"<p><small>{escape(operation['x-who-may-call'])}</small></p><table>{rows}</table></article>"
    )


def _shape(name: str, schema: JsonObject) -> str:
    rows = "".join(
        f"<tr><td>{escape(field)}<td>{_type(inner)}<td>{escape(inner.get('description', ''))}"
        for field, inner in schema.get("properties", {}).items()
    )
    rows = rows or f"<tr><td>{_type(schema)}"
    return (
        f'<article id="shape-{escape(name)}"><h3>{escape(name)}</h3>'
        f"<p>{escape(schema.get('description', ''))}</p><table>{rows}</table></article>"
    )


def _type(schema: Mapping[str, Any]) -> str:
    """In words: "string, 1 to 80 characters", "list of Member", "integer or null"."""
    if "$ref" in schema:
        name = escape(str(schema["$ref"]).rsplit("/", 1)[-1])
        return f'<a href="#shape-{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(escape(str(one)) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    limits = " ".join(
        f"{words} {float(schema[name]):g}" for name, words in _LIMITS.items() if name in schema
    )
    return ", ".join(filter(None, [escape(str(schema.get("type", ""))), limits]))


_LIMITS: Final = {
    "minLength": "from",
    "maxLength": "up to",
    "minimum": "from",
    "maximum": "up to",
}
