"""Knowledge: documents are read into the index, and questions are answered from it."""

from __future__ import annotations

import aws_cdk as cdk

from infra.components.bedrock_models import allow_models, allow_reranking, model_arns
from infra.components.http_api import FrontDoor
from infra.components.python_function import PythonFunction
from infra.components.table_stream import follow
from infra.components.vector_collection import VectorCollection
from infra.components.worker_queue import QueueSpec
from infra.config import HOSTED
from infra.contexts.parts import Parts


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
    ingest = _ingest(parts, place)
    _forgetting(parts)
    answer = _answer(parts, place)
    evaluate = _evaluate(parts, place)
    api = _api(parts, front, place)
    if collection:
        collection.open_to(writers=[ingest], readers=[answer, evaluate, api])


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


def allow_embedding(parts: Parts, function: PythonFunction) -> None:
    region = parts.stage.bedrock_region or cdk.Aws.REGION
    function.allow("bedrock:InvokeModel", on=model_arns([parts.stage.embedding_model], region))


def _ingest(parts: Parts, place: dict[str, str]) -> PythonFunction:
    data = parts.data
    ingest = parts.function(
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
        timeout=180,
        memory=2048,  # a document is read by a process of its own, which may take a half of it
        # Reading hands over parts, and what is put off is handed over again: a counted number of
        # times.
        recursive=True,
        reads_knowledge=True,
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
    parts.queues["KnowledgeJobs"].deliver_to(ingest)
    return ingest


def _models(parts: Parts) -> dict[str, str]:
    """How answers are found and written, beside where models are."""
    stage = parts.stage
    return {
        "CHAT_MODEL": stage.chat_model,
        "JUDGE_MODEL": stage.judge_model,
        "GUARDRAIL": stage.guardrail,
        "SIMILARITY_LOW": str(stage.similarity_low),
        "SIMILARITY_HIGH": str(stage.similarity_high),
        "RERANK_MODEL": stage.rerank_model,
        "RERANK_REGION": stage.rerank_region,
    }


def _allow_answering(parts: Parts, function: PythonFunction, *more_models: str) -> None:
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


def _answer(parts: Parts, place: dict[str, str]) -> PythonFunction:
    data = parts.data
    answer = parts.function(
        "Answer",
        "rag.answer.handler",
        {
            **place,
            **_models(parts),
            "KNOWLEDGE_TABLE": data.knowledge.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
        },
        timeout=90,
        memory=1024,
        # Questions come from the worker that its answers go to; events count their own hops.
        recursive=True,
        reads_knowledge=True,
    )
    answer.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.knowledge.arn],
    )
    answer.allow("dynamodb:Query", on=[data.conversations.arn])
    answer.allow("dynamodb:GetItem", on=[data.directory.arn])
    answer.allow("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
    answer.allow("sqs:SendMessage", on=[parts.arn("Inbound")])
    _allow_answering(parts, answer)
    parts.queues["Questions"].deliver_to(answer)
    return answer


def _evaluate(parts: Parts, place: dict[str, str]) -> PythonFunction:
    data = parts.data
    evaluate = parts.function(
        "Evaluate",
        "rag.evaluate.handler",
        {
            **place,
            **_models(parts),
            "KNOWLEDGE_TABLE": data.knowledge.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "EVALUATIONS_QUEUE_URL": parts.url("Evaluations"),
        },
        timeout=180,
        memory=1024,
        # The beginning hands over the questions, and what is put off is handed over again: a
        # counted number of times.
        recursive=True,
        reads_knowledge=True,
    )
    evaluate.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.knowledge.arn],
    )
    evaluate.allow("dynamodb:GetItem", on=[data.directory.arn])
    evaluate.allow("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
    evaluate.allow("sqs:SendMessage", on=[parts.arn("Evaluations")])
    _allow_answering(parts, evaluate, parts.stage.judge_model)
    parts.queues["Evaluations"].deliver_to(evaluate)
    return evaluate


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


def _api(parts: Parts, front: FrontDoor, place: dict[str, str]) -> PythonFunction:
    data = parts.data
    api, role = parts.api_function(
        front,
        "KnowledgeApi",
        "rag.api.handler",
        {
            **place,
            **_models(parts),
            "KNOWLEDGE_TABLE": data.knowledge.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
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
    role.allow("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
    api.allow("dynamodb:GetItem", on=[data.directory.arn])
    api.allow("sqs:SendMessage", on=[parts.arn("KnowledgeJobs"), parts.arn("Evaluations")])
    _allow_answering(parts, api)
    return api
