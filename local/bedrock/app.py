"""Bedrock's runtimes over HTTP: InvokeModel for embeddings, Converse for answers, Rerank."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.bedrock.embeddings import Embed, invoke
from local.bedrock.local_model import Converse
from local.bedrock.refusals import InvalidError, UnreachableModelError
from local.bedrock.reranking import rerank

_RERANK: Final = "/rerank"


def application(embed: Embed, converse: Converse) -> Starlette:
    def answer(request: Request, body: dict[str, Any]) -> dict[str, Any]:
        if request.url.path == _RERANK:
            return rerank(body)
        if request.path_params["operation"] == "converse":
            return converse(body)
        return invoke(request.path_params["model"], body, embed)

    async def run(request: Request) -> Response:
        try:
            body = json.loads(await request.body())
            return JSONResponse(await run_in_threadpool(answer, request, body))
        except (InvalidError, ValueError, KeyError, TypeError) as error:
            return _refused(400, "ValidationException", str(error))
        except UnreachableModelError as error:
            return _refused(503, "ServiceUnavailableException", str(error))

    async def healthy(_: Request) -> Response:
        return JSONResponse({"status": "up"})

    return Starlette(
        routes=[
            Route("/_local/health", healthy),
            Route(_RERANK, run, methods=["POST"]),
            Route("/model/{model:path}/{operation}", run, methods=["POST"]),
        ]
    )


def _refused(status: int, code: str, message: str) -> Response:
    return JSONResponse({"message": message}, status, headers={"x-amzn-errortype": code})
