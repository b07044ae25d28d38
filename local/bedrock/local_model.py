"""Converse through a language model's server on this machine that speaks OpenAI's chat API, as
llama.cpp, Ollama and vLLM do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import urllib3

from local.bedrock.refusals import UnreachableModelError

_SECONDS: Final = 55.0
_STOPS: Final = {"length": "max_tokens", "stop": "end_turn"}
Converse = Callable[[dict[str, Any]], dict[str, Any]]


def through(url: str, model: str) -> Converse:
    """`url` is the server's base address, `model` what it calls the model."""
    pool = urllib3.PoolManager(timeout=_SECONDS, retries=False)

    def converse(request: dict[str, Any]) -> dict[str, Any]:
        """Raises UnreachableModelError."""
        try:
            answer = pool.request(
                "POST",
                f"{url.rstrip('/')}/v1/chat/completions",
                body=json.dumps(asked(request, model)),
                headers={"Content-Type": "application/json"},
            )
        except urllib3.exceptions.HTTPError as error:
            raise UnreachableModelError(f"{url} does not answer: {error}") from error
        if answer.status != 200:
            raise UnreachableModelError(f"{url} answered {answer.status}")
        return answered(json.loads(answer.data))

    return converse


def asked(request: dict[str, Any], model: str) -> dict[str, Any]:
    messages = (
        [{"role": "system", "content": _text(request["system"])}] if (request.get("system")) else []
    )
    messages += [
        {"role": one["role"], "content": _text(one["content"])} for one in request["messages"]
    ]
    config = request.get("inferenceConfig", {})
    return {
        "model": model,
        "messages": messages,
        "max_tokens": config.get("maxTokens", 512),
        "temperature": config.get("temperature", 0),
    }


def answered(answer: dict[str, Any]) -> dict[str, Any]:
    choice, used = answer["choices"][0], answer.get("usage", {})
    tokens_in, tokens_out = used.get("prompt_tokens", 0), used.get("completion_tokens", 0)
    return {
        "output": {
            "message": {
                "role": "assistant",
                "content": [{"text": choice["message"].get("content") or ""}],
            }
        },
        "stopReason": _STOPS.get(choice.get("finish_reason", "stop"), "end_turn"),
        "usage": {
            "inputTokens": tokens_in,
            "outputTokens": tokens_out,
            "totalTokens": tokens_in + tokens_out,
        },
        "metrics": {"latencyMs": 1},
    }


def _text(parts: list[dict[str, Any]]) -> str:
    return "\n".join(part["text"] for part in parts if "text" in part)
