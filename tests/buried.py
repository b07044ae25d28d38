"""Dead letters of a workspace on the running stack, as if its queues had given them up."""

from __future__ import annotations

from local.stack import LocalStack
from shared.clock import now_ms
from shared.store.audit import Actor
from shared.store.dead_letters import DeadLetters, Letter, Selection, letter_id
from shared.store.letter_jobs import LetterJob, LetterJobs
from shared.tenancy import Tenant


def bury(stack: LocalStack, tenant: Tenant, mark: str, by: Actor) -> tuple[str, str]:
    """Two letters, and an order that was stopped: nothing changes them. Answers the ids of one
    letter and of the order."""
    table, dynamodb = stack.outputs["DeadLettersTableName"], stack.aws("dynamodb")
    now = now_ms()
    for sent_at in (1, 2):
        id_ = letter_id(sent_at, mark)
        letter = Letter(id_, "actions", sent_at, now, 5, "raised", "Odd", mark, None)
        DeadLetters(tenant, table, dynamodb).file(letter, f'{{"mark":"{mark}"}}')
    order = LetterJob(f"1{mark}", "drop", 1, (letter_id(1, "none"),), Selection(), now)
    jobs = LetterJobs(tenant, table, dynamodb)
    jobs.order(order, by, stack.outputs["WorkspacesTableName"])
    jobs.stop(order.id, now)
    return id_, order.id
