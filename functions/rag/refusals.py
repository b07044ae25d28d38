"""What stands against a call, as the API says it: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rag.collection import CollectionBusyError
from rag.embedding import EmbeddingBusyError
from rag.evaluation_refusals import EVALUATION_REFUSALS
from rag.offering import RerankNotOfferedError
from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.store.answers import AnswerNotFoundError
from shared.store.documents import (
    DocumentChangedError,
    DocumentNotFoundError,
    DocumentStateError,
    TooManyDocumentsError,
)
from shared.store.knowledge_bases import (
    KnowledgeBaseChangedError,
    KnowledgeBaseNotFoundError,
    TooManyKnowledgeBasesError,
)
from shared.store.tenant_files import FileMissingError
from shared.store.transactions import BusyError

REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    KnowledgeBaseNotFoundError: ProblemKind(
        404, "knowledge-base-not-found", "There is no such knowledge base."
    ),
    KnowledgeBaseChangedError: CHANGED_MEANWHILE,
    TooManyKnowledgeBasesError: ProblemKind(
        409, "too-many-knowledge-bases", "A workspace has at most 100 knowledge bases."
    ),
    AnswerNotFoundError: ProblemKind(
        404, "answer-not-found", "There is no such answer, or it is too long ago."
    ),
    CollectionBusyError: ProblemKind(503, "busy", "Too much is asked right now. Try again."),
    EmbeddingBusyError: ProblemKind(503, "busy", "Too much is asked right now. Try again."),
    RerankNotOfferedError: ProblemKind(
        409, "rerank-not-offered", "There is no model here that puts passages in a better order."
    ),
    DocumentNotFoundError: ProblemKind(404, "document-not-found", "There is no such document."),
    DocumentChangedError: CHANGED_MEANWHILE,
    DocumentStateError: CHANGED_MEANWHILE,
    TooManyDocumentsError: ProblemKind(
        409, "too-many-documents", "A knowledge base has at most 1,000 documents."
    ),
    FileMissingError: ProblemKind(409, "file-not-there", "The file has not been uploaded yet."),
    **EVALUATION_REFUSALS,
    BusyError: ProblemKind(409, "busy", "Others are changing the same thing right now. Try again."),
}
