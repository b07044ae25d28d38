"""Write the OpenAPI document to where people read it and to where it is served from."""

from __future__ import annotations

import json
from typing import Final

from apidoc.contexts import ROOT, apis
from apidoc.document import document

FILES: Final = (
    ROOT / "docs" / "api" / "openapi.json",
    ROOT / "functions" / "front" / "openapi.json",
)


def text() -> str:
    return json.dumps(document(apis().values()), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    for file in FILES:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text())


if __name__ == "__main__":
    main()
