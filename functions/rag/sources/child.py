"""The process that reads one file.

    python -m rag.sources.child KIND FILE RESULT MEGABYTES SECONDS

It has no credentials and no environment. It limits its own memory, time and output before it opens
anything, and says what it found, or why it found nothing, in the file RESULT.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from rag.sources import (
    csv_table,
    faq_pairs,
    html_page,
    markdown_text,
    pdf,
    plain_text,
    word_document,
)
from rag.sources.blocks import Parsed, UnreadableError, to_json

PARSERS: Final[Mapping[str, Callable[[Path], Parsed]]] = {
    "pdf": pdf.parse,
    "docx": word_document.parse,
    "csv": csv_table.parse,
    "html": html_page.parse,
    "web_page": html_page.parse,
    "markdown": markdown_text.parse,
    "text": plain_text.parse,
    "faq": faq_pairs.parse,
}
_MOST_OUTPUT: Final = 64 * 1024 * 1024


def limit(megabytes: int, seconds: int) -> None:
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_OUTPUT, _MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(3_000)


def main(kind: str, path: str, result: str, megabytes: str, seconds: str) -> None:
    limit(int(megabytes), int(seconds))
    try:
        answer: dict[str, Any] = {"parsed": to_json(PARSERS[kind](Path(path)))}
    except UnreadableError as error:
        answer = {"refused": str(error)}
    except RecursionError:
        answer = {"refused": "The file is nested too deeply."}
    except MemoryError:
        answer = {"refused": "Reading the file takes more memory than a document may need."}
    Path(result).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
