"""The keys of golden questions and of what became of them.

| table | pk | sk | what |
|---|---|---|---|
| knowledge | <tenant>#GOLDEN#<knowledge base> | <question> | a question with what is right |
| knowledge | <tenant>#EVALUATIONS#<knowledge base> | <evaluation> | a run of those questions |
| knowledge | <tenant>#EVALUATING | <knowledge base> | its one run that is under way |
| knowledge | <tenant>#EVALUATION#<evaluation> | PINS | the documents that it asked |
| knowledge | <tenant>#EVALUATION#<evaluation> | Q#<number> | what became of one question |
"""

from __future__ import annotations

from typing import Final

from shared.tenancy import Tenant

PINS: Final = "PINS"
QUESTIONS: Final = "Q#"


def golden_questions(tenant: Tenant, knowledge_base_id: str) -> str:
    return f"{tenant.id}#GOLDEN#{knowledge_base_id}"


def evaluations(tenant: Tenant, knowledge_base_id: str) -> str:
    return f"{tenant.id}#EVALUATIONS#{knowledge_base_id}"


def evaluating(tenant: Tenant) -> str:
    return f"{tenant.id}#EVALUATING"


def evaluation(tenant: Tenant, evaluation_id: str) -> str:
    return f"{tenant.id}#EVALUATION#{evaluation_id}"


def question(number: int) -> str:
    return f"{QUESTIONS}{number:04d}"
