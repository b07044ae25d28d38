"""Invitations by e-mail: send, see, take back, accept."""

from __future__ import annotations

from account.app import api, manages_owners
from account.invitation_mail import invitation
from account.place import directory, dynamodb, mail, settings, tables
from account.shapes import InvitePage, InviteShape, InviteToken, MyWorkspace, NewInvite, SentInvite
from shared.api import Cursor, Limit, NoPermission
from shared.clock import now_ms
from shared.ids import digest
from shared.mail import MailNotSentError
from shared.observability import logger
from shared.permissions import Permission, Role
from shared.store.invites import Invite, InviteNotFoundError, Invites
from shared.store.lifecycle import Lifecycle
from shared.store.members import AlreadyMemberError, Members, OnlyOwnersError
from shared.tenancy import Tenant


@api.endpoint("GET", "/v1/invites", permission=Permission.MANAGE_INVITES)
def list_invites(limit: Limit = 50, cursor: Cursor = None) -> InvitePage:
    """Invitations that can still be accepted."""
    found, next_cursor = _invites().page(limit, cursor, at=now_ms())
    items = [InviteShape.model_validate(_fields(invite)) for invite in found]
    return InvitePage(items=items, next_cursor=next_cursor)


@api.endpoint(
    "POST",
    "/v1/invites",
    permission=Permission.MANAGE_INVITES,
    status=201,
)
def create_invite(body: NewInvite) -> SentInvite:
    """Invite somebody by e-mail. The letter's link works once, for seven days, for that address."""
    if body.role is Role.OWNER and not manages_owners():
        raise OnlyOwnersError
    tenant = api.caller.workspace
    if Members(tenant, tables(), dynamodb(tenant)).has_email(body.email):
        raise AlreadyMemberError
    _invites().check_room(now_ms())
    invite, token = _invites().create(body.email, body.role.value, by=api.actor, at=now_ms())
    return SentInvite.model_validate({**_fields(invite), "mail_sent": _send(invite, token)})


@api.endpoint(
    "DELETE",
    "/v1/invites/{invite_id}",
    permission=Permission.MANAGE_INVITES,
    status=204,
)
def revoke_invite(invite_id: str) -> None:
    """Take an invitation back."""
    _invites().revoke(invite_id, by=api.actor, at=now_ms())


@api.endpoint("POST", "/v1/invites/accept", permission=NoPermission("The token says it all"))
def accept_invite(body: InviteToken) -> MyWorkspace:
    """Join the workspace that an invitation's token leads to, and work in it from now on."""
    token_hash = digest(body.token)
    place = directory().invite(token_hash)
    if place is None:
        raise InviteNotFoundError
    record = directory().tenant_record(place.tenant_id)
    if record is None or record.gone(now_ms()):
        raise InviteNotFoundError
    inviting = Tenant(place.tenant_id)
    invites = Invites(inviting, tables(), dynamodb(inviting))
    member = invites.accept(place.invite_id, token_hash, by=api.actor, at=now_ms())
    return MyWorkspace(id=inviting.id, name=record.name, role=member.role)


def _send(invite: Invite, token: str) -> bool:
    tenant = api.caller.workspace
    workspace = Lifecycle(tenant, tables(), dynamodb(tenant)).get()
    place = settings()
    if not place.mail_sender:
        return False
    letter = invitation(invite.email, workspace.name, invite.invited_by, place.dashboard_url, token)
    try:
        mail().send(letter)
    except MailNotSentError as error:
        logger.warning("invitation not mailed", invite_id=invite.id, reason=str(error))
        return False
    return True


def _invites() -> Invites:
    tenant = api.caller.workspace
    return Invites(tenant, tables(), dynamodb(tenant))


def _fields(invite: Invite) -> dict[str, object]:
    return {
        "id": invite.id,
        "email": invite.email,
        "role": invite.role,
        "invited_by": invite.invited_by,
        "created_at": invite.created_at,
        "expires_at": invite.expires_at * 1000,
    }
