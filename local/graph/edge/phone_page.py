"""The built phone page; paths inside it that are no files are the page's own."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

NOT_BUILT = "The phone page has not been built yet: run `make web`, then load this page again.\n"


def phone_page(dist: Path | None) -> list[BaseRoute]:
    page = PhonePage(dist)
    return [
        Route("/phone", page.redirect),
        Route("/phone/{path:path}", page.file),
    ]


class PhonePage:
    def __init__(self, dist: Path | None) -> None:
        self._dist = dist

    async def redirect(self, _: Request) -> Response:
        return RedirectResponse("/phone/")

    async def file(self, request: Request) -> Response:
        if self._dist is None or not (self._dist / "index.html").is_file():
            return PlainTextResponse(NOT_BUILT, status_code=503)
        path = request.path_params["path"]
        found = file_inside(self._dist, path)
        if found is not None:
            return FileResponse(found)
        if Path(path).suffix:
            return PlainTextResponse("No such file.\n", status_code=404)
        return FileResponse(self._dist / "index.html", headers={"Cache-Control": "no-cache"})


def file_inside(folder: Path, path: str) -> Path | None:
    """The file, unless it is missing or lies outside the folder."""
    root = folder.resolve()
    candidate = (root / path).resolve()
    return candidate if candidate.is_relative_to(root) and candidate.is_file() else None
