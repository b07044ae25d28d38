"""Write the OpenAPI document to where people read it and to where it is served from, and the JSON
Schema of stored flows beside it."""

from __future__ import annotations

import json
from typing import Final

from apidoc.contexts import ROOT, apis
from apidoc.document import document
from flow.engine.json_schema import json_schema

FILES: Final = (
    ROOT / "docs" / "api" / "openapi.json",
    ROOT / "functions" / "front" / "openapi.json",
)


FLOW_SCHEMA: Final = ROOT / "docs" / "api" / "flow.schema.json"


def text() -> str:
    return json.dumps(document(apis().values()), indent=2, ensure_ascii=False) + "\n"


def flow_schema() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    for file in FILES:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text())
    FLOW_SCHEMA.write_text(flow_schema())


if __name__ == "__main__":
    main()
