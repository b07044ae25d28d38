"""Knowledge: documents are read into the index, and questions are answered from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import aws_cdk as cdk

from infra.components.bedrock_models import allow_models, allow_reranking, model_arns
from infra.components.http_api import FrontDoor
from infra.components.python_function import PythonFunction
from infra.components.table_stream import follow
from infra.components.vector_collection import VectorCollection
from infra.components.worker_queue import QueueSpec
from infra.config import HOSTED
from infra.contexts.parts import Parts

_MAPPING: Final = Path(__file__).parents[2] / "functions" / "rag" / "mapping.py"
# What counts an answer, and asks whether the plan allows it.
_COUNTING: Final = ("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem")


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        # A large document hands over all its parts at once.
        "KnowledgeJobs": QueueSpec(
            fifo=False, consumer_timeout=180, max_receives=5, oldest_alarm=3600, batch_size=1
        ),
        # Asking, two verdicts, and models that take their time; an evaluation is hundreds of them.
        "Evaluations": QueueSpec(
            fifo=False, consumer_timeout=180, max_receives=5, oldest_alarm=3600, batch_size=1
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    here = parts.stage.collection == HOSTED
    collection = VectorCollection(parts.stack, "Collection", stage=parts.stage) if here else None
    place = _place(parts, collection)
    maker, index = _index(parts, place)
    ingest = _ingest(parts, place)
    _forgetting(parts)
    answer = _answer(parts, place)
    evaluate = _evaluate(parts, place)
    api = _api(parts, front, place)
    if collection:
        readers = [answer, evaluate, api]
        access = collection.open_to(maker=maker, writers=[ingest], readers=readers)
        index.node.add_dependency(access)


def _place(parts: Parts, collection: VectorCollection | None) -> dict[str, str]:
    """Where the models and the collection are, as every function finds it that asks them."""
    stage = parts.stage
    return {
        "BEDROCK_URL": parts.parameters.bedrock_url,
        "BEDROCK_REGION": stage.bedrock_region or cdk.Aws.REGION,
        "EMBEDDING_MODEL": stage.embedding_model,
        "EMBEDDING_DIMENSIONS": str(stage.embedding_dimensions),
        "COLLECTION_URL": collection.url if collection else parts.parameters.collection_url,
        "COLLECTION_REGION": cdk.Aws.REGION,
    }


def _index(parts: Parts, place: Mapping[str, str]) -> tuple[PythonFunction, cdk.CustomResource]:
    """The index, which the deployment makes: once, and again when its mapping or the number of
    dimensions is another."""
    maker = parts.function(
        "KnowledgeIndex",
        "rag.preparing.handler",
        {name: place[name] for name in ("COLLECTION_URL", "COLLECTION_REGION")},
        timeout=600,
        reads_knowledge=True,
    )
    index = cdk.CustomResource(
        parts.stack,
        "Index",
        service_token=maker.function.function_arn,
        resource_type="Custom::KnowledgeIndex",
        properties={
            "Dimensions": str(parts.stage.embedding_dimensions),
            "Mapping": hashlib.sha256(_MAPPING.read_bytes()).hexdigest()[:16],
        },
    )
    index.node.add_dependency(maker)
    return maker, index


def allow_embedding(parts: Parts, function: PythonFunction) -> None:
    region = parts.stage.bedrock_region or cdk.Aws.REGION
    function.allow("bedrock:InvokeModel", on=model_arns([parts.stage.embedding_model], region))


def _ingest(parts: Parts, place: Mapping[str, str]) -> PythonFunction:
    data = parts.data
    ingest = _worker(
        parts,
        "Ingest",
        "rag.ingest.handler",
        {
            **place,
            "KNOWLEDGE_TABLE": data.knowledge.name,
            "KNOWLEDGE_FILES_BUCKET": data.knowledge_files.bucket_name,
            "KNOWLEDGE_JOBS_QUEUE_URL": parts.url("KnowledgeJobs"),
            "USAGE_TABLE": data.usage.name,
            "PRIVATE_HOSTS": parts.parameters.private_hosts,
        },
        queue="KnowledgeJobs",
        timeout=180,
        memory=2048,  # a document is read by a process of its own, which may take a half of it
    )
    ingest.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        on=[data.knowledge.arn],
    )
    # Documents that go with their knowledge base are taken from the storage that is used.
    ingest.allow("dynamodb:UpdateItem", on=[data.usage.arn])
    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
        ingest.allow_prefix(action, bucket=data.knowledge_files, prefix="")
    ingest.allow("s3:ListBucket", on=[data.knowledge_files.bucket_arn])
    ingest.allow("sqs:SendMessage", on=[parts.arn("KnowledgeJobs")])
    allow_embedding(parts, ingest)
    return ingest


def _answer(parts: Parts, place: Mapping[str, str]) -> PythonFunction:
    data = parts.data
    answer = _worker(
        parts,
        "Answer",
        "rag.answer.handler",
        {
            **_asking(parts, place),
            "WORKSPACES_TABLE": data.workspaces.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
        },
        queue="Questions",
        timeout=90,
    )
    answer.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.knowledge.arn],
    )
    answer.allow("dynamodb:Query", on=[data.conversations.arn])
    answer.allow(*_COUNTING, on=[data.usage.arn])
    answer.allow("sqs:SendMessage", on=[parts.arn("Inbound")])
    _allow_asking(parts, answer)
    return answer


def _evaluate(parts: Parts, place: Mapping[str, str]) -> PythonFunction:
    data = parts.data
    evaluate = _worker(
        parts,
        "Evaluate",
        "rag.evaluate.handler",
        {**_asking(parts, place), "EVALUATIONS_QUEUE_URL": parts.url("Evaluations")},
        queue="Evaluations",
        timeout=180,
    )
    evaluate.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.knowledge.arn],
    )
    evaluate.allow(*_COUNTING, on=[data.usage.arn])
    evaluate.allow("sqs:SendMessage", on=[parts.arn("Evaluations")])
    _allow_asking(parts, evaluate, parts.stage.judge_model)
    return evaluate


def _worker(
    parts: Parts,
    construct_id: str,
    handler: str,
    environment: Mapping[str, str],
    *,
    queue: str,
    timeout: int,
    memory: int = 1024,
) -> PythonFunction:
    """What works on a queue, and hands over to it or to the one that its work comes from: parts,
    answers, and what is put off, a counted number of times."""
    worker = parts.function(
        construct_id,
        handler,
        environment,
        timeout=timeout,
        memory=memory,
        recursive=True,
        reads_knowledge=True,
    )
    parts.queues[queue].deliver_to(worker)
    return worker


def _asking(parts: Parts, place: Mapping[str, str]) -> dict[str, str]:
    """What everybody who answers finds: how answers are found, written, recorded and counted."""
    stage, data = parts.stage, parts.data
    return {
        **place,
        "CHAT_MODEL": stage.chat_model,
        "JUDGE_MODEL": stage.judge_model,
        "GUARDRAIL": stage.guardrail,
        "SIMILARITY_LOW": str(stage.similarity_low),
        "SIMILARITY_HIGH": str(stage.similarity_high),
        "RERANK_MODEL": stage.rerank_model,
        "RERANK_REGION": stage.rerank_region,
        "KNOWLEDGE_TABLE": data.knowledge.name,
        "DIRECTORY_TABLE": data.directory.name,
        "USAGE_TABLE": data.usage.name,
    }


def _allow_asking(parts: Parts, function: PythonFunction, *more_models: str) -> None:
    """Its models, and what a workspace's plan allows."""
    stage = parts.stage
    region = stage.bedrock_region or cdk.Aws.REGION
    models = [stage.embedding_model, stage.chat_model, *filter(None, more_models)]
    allow_models(function, list(dict.fromkeys(models)), region)
    if stage.rerank_model:
        allow_reranking(function, stage.rerank_model, stage.rerank_region)
    if stage.guardrail:
        guardrail = stage.guardrail.partition(":")[0]
        name = f"arn:{cdk.Aws.PARTITION}:bedrock:{region}:{cdk.Aws.ACCOUNT_ID}:guardrail"
        function.allow("bedrock:ApplyGuardrail", on=[f"{name}/{guardrail}"])
    function.allow("dynamodb:GetItem", on=[parts.data.directory.arn])


def _forgetting(parts: Parts) -> None:
    data = parts.data
    forgetting = parts.function(
        "KnowledgeForgetting",
        "rag.forgetting.handler",
        {"KNOWLEDGE_JOBS_QUEUE_URL": parts.url("KnowledgeJobs")},
        timeout=30,
    )
    forgetting.allow("sqs:SendMessage", on=[parts.arn("KnowledgeJobs")])
    follow(
        data.knowledge,
        forgetting,
        parts.alarms,
        window=0,
        events=["REMOVE"],
        only=[{"OldImage": {"making": {"N": [{"exists": True}]}}}],
    )


def _api(parts: Parts, front: FrontDoor, place: Mapping[str, str]) -> PythonFunction:
    data = parts.data
    api, role = parts.api_function(
        front,
        "KnowledgeApi",
        "rag.api.handler",
        {
            **_asking(parts, place),
            "WORKSPACES_TABLE": data.workspaces.name,
            "KNOWLEDGE_FILES_BUCKET": data.knowledge_files.bucket_name,
            "KNOWLEDGE_JOBS_QUEUE_URL": parts.url("KnowledgeJobs"),
            "EVALUATIONS_QUEUE_URL": parts.url("Evaluations"),
        },
        timeout=29,
        memory=1024,
        reads_knowledge=True,
    )
    role.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
        on=[data.knowledge.arn],
    )
    # The audit log's entries, in the transaction of the change itself.
    role.allow("dynamodb:PutItem", on=[data.workspaces.arn])
    role.allow_files("s3:GetObject", "s3:PutObject", bucket=data.knowledge_files)
    # What an answer used, and what is used already.
    role.allow(*_COUNTING, on=[data.usage.arn])
    api.allow("sqs:SendMessage", on=[parts.arn("KnowledgeJobs"), parts.arn("Evaluations")])
    _allow_asking(parts, api)
    return api
