"""Bedrock's client over the stand-in in this process: the same requests, without a wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from local.bedrock.answering import converse
from rag.converse import BedrockConverse


class Exceptions:
    ClientError = ClientError


@dataclass
class ConverseClient:
    asked: list[dict[str, Any]] = field(default_factory=list)
    exceptions: type = Exceptions

    def converse(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        return converse(request)


def stand_in(model: str = "amazon.nova-lite-v1:0") -> BedrockConverse:
    return BedrockConverse(ConverseClient(), model)
