"""Embedding through Bedrock's client, and the stand-in's own limits."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from local.bedrock import hashed_words
from local.bedrock.embeddings import invoke
from local.bedrock.local_model import answered, asked
from local.bedrock.refusals import InvalidError
from local.bedrock.sentence_model import SentenceModel
from local.bedrock.sentences import embedder
from rag.converse import BedrockConverse, ModelBusyError
from rag.embedding import DOCUMENT, QUERY, BedrockEmbedding, EmbeddingBusyError
from rag.prompt import Prompt

_NORMS = ("attention.output.", "output.")
COHERE, TITAN = "cohere.embed-multilingual-v3", "amazon.titan-embed-text-v2:0"


class Exceptions:
    ClientError = ClientError


@dataclass
class Bedrock:
    """The stand-in behind the client's face. `refuse` is answered first."""

    refuse: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    exceptions: type = Exceptions

    def invoke_model(self, modelId: str, body: str, **_: Any) -> dict[str, Any]:
        if self.refuse:
            raise ClientError({"Error": {"Code": self.refuse}}, "InvokeModel")
        self.asked.append(json.loads(body))
        answer = invoke(modelId, self.asked[-1], embedder())
        return {"body": io.BytesIO(json.dumps(answer).encode())}


def test_many_texts_go_in_as_few_calls_as_the_model_takes() -> None:
    bedrock = Bedrock()
    texts = [f"text {number}" for number in range(200)]
    vectors = BedrockEmbedding(bedrock, COHERE, 1024)(texts, DOCUMENT)
    assert [len(one["texts"]) for one in bedrock.asked] == [96, 96, 8]
    assert {one["input_type"] for one in bedrock.asked} == {"search_document"}
    assert len(vectors) == 200
    assert np.allclose(vectors[150], hashed_words.embed("text 150", 1024))


def test_a_question_is_embedded_as_one() -> None:
    bedrock = Bedrock()
    BedrockEmbedding(bedrock, COHERE, 1024)(["When?"], QUERY)
    assert bedrock.asked[0]["input_type"] == "search_query"


def test_a_text_that_is_longer_than_the_model_takes_is_cut() -> None:
    assert len(BedrockEmbedding(Bedrock(), COHERE, 1024)(["word " * 1000], DOCUMENT)) == 1


def test_a_text_of_few_characters_and_many_tokens_is_cut_by_the_model() -> None:
    """A table of numbers, or a script without blanks: one of them would refuse the whole call."""
    texts = ["0812 3456 7890; " * 60, "ราคากาแฟ" * 110]
    assert len(BedrockEmbedding(Bedrock(), COHERE, 1024)(texts, DOCUMENT)) == 2


def test_titan_is_asked_for_each_text_with_its_dimensions() -> None:
    bedrock = Bedrock()
    vectors = BedrockEmbedding(bedrock, TITAN, 512)(["one", "two"], DOCUMENT)
    assert [one["dimensions"] for one in bedrock.asked] == [512, 512]
    assert [len(vector) for vector in vectors] == [512, 512]


def test_a_throttled_model_is_busy_and_a_forbidden_one_is_not() -> None:
    with pytest.raises(EmbeddingBusyError):
        BedrockEmbedding(Bedrock("ThrottlingException"), COHERE, 1024)(["a"], QUERY)
    with pytest.raises(ClientError):
        BedrockEmbedding(Bedrock("AccessDeniedException"), COHERE, 1024)(["a"], QUERY)


@pytest.mark.parametrize(
    "error",
    [
        kind(endpoint_url="https://bedrock.test", error="timed out")
        for kind in (ReadTimeoutError, ConnectTimeoutError, EndpointConnectionError)
    ],
)
def test_a_model_that_does_not_answer_is_busy(error: Exception) -> None:
    class Silent:
        def _call(self, **_: Any) -> None:
            raise error

        converse = invoke_model = _call

    with pytest.raises(EmbeddingBusyError):
        BedrockEmbedding(Silent(), COHERE, 1024)(["a"], QUERY)
    with pytest.raises(ModelBusyError):
        BedrockConverse(Silent(), "amazon.nova-lite-v1:0")(
            Prompt("rules", "question"), most_tokens=10, tenant_id="ws_a"
        )


@pytest.mark.parametrize(
    "body",
    [
        {"texts": ["a"] * 97, "input_type": "search_query"},
        {"texts": ["a" * 2049], "input_type": "search_query"},
        {"texts": ["0812345678" * 60], "input_type": "search_query"},
        {"texts": ["a"]},
        {"texts": [], "input_type": "search_query"},
    ],
)
def test_the_stand_in_refuses_what_cohere_refuses(body: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        invoke(COHERE, body, embedder())


def test_texts_that_share_words_are_nearer_than_others() -> None:
    ask, near, far = (
        hashed_words.embed(text, 1024)
        for text in ("harga kopi susu", "Kopi susu: harga 20 ribu", "Jam buka toko")
    )
    assert ask @ near > 2 * abs(ask @ far)


class Encoded:
    ids = (101, 1, 2, 102)

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = ["[CLS]", *tokens, "[SEP]"]


def test_a_model_is_asked_for_the_language_that_it_knows() -> None:
    spelling = {"coffee price": ["coffee", "price"], "harga kopi": ["har", "##ga", "ko", "##pi"]}
    model = SentenceModel({}, lambda text: Encoded(spelling[text]))
    assert model.knows("coffee price")
    assert not model.knows("harga kopi")


def test_a_layer_of_the_model_keeps_its_shape_and_ends_with_length_one() -> None:
    random = np.random.default_rng(1)
    model = SentenceModel(model_weights(random), lambda _: Encoded(["a", "b"]))
    vector = model.embed("a b")
    assert vector.shape == (384,)
    assert np.isclose(np.linalg.norm(vector), 1)


def model_weights(random: np.random.Generator) -> dict[str, Any]:
    def some(*shape: int) -> Any:
        return random.normal(size=shape).astype(np.float32) * 0.02

    found: dict[str, Any] = {
        "embeddings.word_embeddings.weight": some(200, 384),
        "embeddings.position_embeddings.weight": some(16, 384),
        "embeddings.token_type_embeddings.weight": some(2, 384),
    }
    linear = {"intermediate.dense": (1536, 384), "output.dense": (384, 1536)}
    for name in ("self.query", "self.key", "self.value", "output.dense"):
        linear[f"attention.{name}"] = (384, 384)
    for layer in range(6):
        for name, shape in linear.items():
            found[f"encoder.layer.{layer}.{name}.weight"] = some(*shape)
            found[f"encoder.layer.{layer}.{name}.bias"] = some(shape[0])
    norms = [f"encoder.layer.{n}.{at}LayerNorm" for n in range(6) for at in _NORMS]
    for name in ("embeddings.LayerNorm", *norms):
        found[f"{name}.weight"], found[f"{name}.bias"] = np.ones(384, np.float32), some(384)
    return found


def test_a_local_model_is_asked_in_its_own_words() -> None:
    request = {
        "system": [{"text": "Rules"}],
        "messages": [{"role": "user", "content": [{"text": "Hi"}]}],
        "inferenceConfig": {"maxTokens": 7},
    }
    said = asked(request, "tiny")
    assert [one["role"] for one in said["messages"]] == ["system", "user"]
    assert said["max_tokens"] == 7
    answer = {"choices": [{"message": {"content": "Hello"}, "finish_reason": "length"}]}
    assert answered(answer)["output"]["message"]["content"] == [{"text": "Hello"}]
    assert answered(answer)["stopReason"] == "max_tokens"
