"""Runs the stand-in on loopback. Environment: PORT; LLM_URL and LLM_MODEL name a language model's
server that is to answer in place of the stand-in."""

from __future__ import annotations

import os

import uvicorn

from local.bedrock.answering import converse
from local.bedrock.app import application
from local.bedrock.local_model import Converse, through
from local.bedrock.sentences import embedder


def main() -> None:
    url, model = os.environ.get("LLM_URL", ""), os.environ.get("LLM_MODEL", "local")
    answer: Converse = through(url, model) if url else converse
    app = application(embedder(), answer)
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")


if __name__ == "__main__":
    main()
