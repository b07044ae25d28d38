"""Message templates: list, check, create, edit, delete, and compare with Meta's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from channels.app import api
from channels.place import (
    ask_for_templates,
    channels,
    creations,
    files,
    graph,
    number,
    platform_app,
    sealer,
    templates,
)
from channels.refusals import META_BUSY, META_REFUSED
from channels.templates import handing_in, samples
from channels.templates.accounts import Account, account_of, accounts
from channels.templates.samples import SampleRefusedError
from channels.templates.shapes import (
    AccountShown,
    Asked,
    FieldWrong,
    SampleUpload,
    SyncStarted,
    TemplateChecked,
    TemplateDraft,
    TemplateEdit,
    TemplatePage,
    TemplateShown,
)
from channels.templates.showing import shown
from shared.api import Cursor, Limit, ProblemError, ProblemKind
from shared.api.problems import INVALID_INPUT
from shared.channels.errors import Action
from shared.channels.graph import GraphError, GraphUnreachableError
from shared.clock import now_ms
from shared.field_error import FieldError
from shared.ids import new_id
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.store.channels import MOST_CHANNELS, PLATFORM, Channel
from shared.store.templates import APPROVED, PENDING, Search, Template
from shared.templates import limits
from shared.templates.definition import validate
from shared.templates.preview import preview

_HOUR_SECONDS: Final = 3600
_SYNC_TAKES_MS: Final = 15 * 60 * 1000
_TOO_MANY: Final = ProblemKind(
    429,
    "too-many-templates",
    f"Meta takes {limits.CREATIONS_AN_HOUR} new templates an hour: wait for the seconds that "
    "Retry-After says.",
)


@api.endpoint("GET", "/v1/templates", permission=Permission.READ_TEMPLATES)
def list_templates(
    *,
    search: Asked = "",
    status: Asked = "",
    category: Asked = "",
    language: Asked = "",
    waba_id: Asked = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TemplatePage:
    """List templates by name. `search` looks into names and texts; `status`, `category` and
    `language` are as Meta names them."""
    tenant, now = api.caller.workspace, now_ms()
    store = templates(tenant)
    wanted = Search(search, status.upper(), category.upper(), language, waba_id)
    found, next_cursor = store.page(wanted, limit, cursor)
    states = {one.waba_id: one for one in store.syncs()}
    return TemplatePage(
        items=[shown(one, now) for one in found],
        next_cursor=next_cursor,
        accounts=[
            _account(id_, channel, states.get(id_), now)
            for id_, channel in sorted(accounts(_channels()).items())
        ],
    )


@api.endpoint("POST", "/v1/templates/check", permission=Permission.READ_TEMPLATES)
def check_template(body: TemplateDraft) -> TemplateChecked:
    """Check a template as Meta would, without handing it in; what is wrong is told by field."""
    wrong = validate(_content(body))
    return TemplateChecked(
        errors=[FieldWrong(field=one.field, message=one.message) for one in wrong],
        preview=None if wrong else preview(body.components),
    )


@api.endpoint("POST", "/v1/templates", permission=Permission.MANAGE_TEMPLATES, status=201)
def create_template(body: TemplateDraft) -> TemplateShown:
    """Hand in a template for Meta's review, which takes minutes as a rule.

    The status follows by itself. Meta may put it into another category than was asked for.
    """
    draft = _content(body)
    _refuse_if(validate(draft))
    tenant, now = api.caller.workspace, now_ms()
    account = _account_of(body.waba_id)
    token = sealer().open(tenant, account.number.sealed_token)
    draft = {**draft, "components": _with_handles(account, token, body.components)}
    _count_creation(account.waba_id, now)
    made = _asked(
        lambda: handing_in.create(graph(), token, account.waba_id, draft), body.components, account
    )
    template = Template(
        waba_id=account.waba_id,
        name=body.name,
        language=body.language,
        meta_id=str(made.get("id", "")),
        category=str(made.get("category") or body.category),
        status=str(made.get("status") or PENDING),
        components=draft["components"],
        parameter_format=body.parameter_format,
        ttl_seconds=body.message_send_ttl_seconds or 0,
        created_at=now,
        updated_at=now,
    )
    templates(tenant).put(template, by=api.actor, action="template.created")
    return shown(template, now)


@api.endpoint("POST", "/v1/templates/sync", permission=Permission.MANAGE_TEMPLATES, status=202)
def sync_templates() -> SyncStarted:
    """Compare the list with Meta's now. It is done each day, and when a number is connected."""
    there = accounts(_channels())
    for waba_id in there:
        ask_for_templates(api.caller.workspace, waba_id)
    return SyncStarted(accounts=len(there))


@api.endpoint("POST", "/v1/template-samples", permission=Permission.MANAGE_TEMPLATES, status=201)
def upload_template_sample() -> SampleUpload:
    """Begin the upload of a sample for a header: JPEG, PNG (5 MB), MP4 or PDF (16 MB)."""
    sample_id = new_id()
    form = files(api.caller.workspace).upload_form(samples.path_of(sample_id), samples.MOST_BYTES)
    return SampleUpload(
        handle=f"{samples.PREFIX}{sample_id}", url=form["url"], fields=form["fields"]
    )


@api.endpoint("GET", "/v1/templates/{template_id}", permission=Permission.READ_TEMPLATES)
def get_template(template_id: str) -> TemplateShown:
    """Get a template, with what is to be filled when it is sent."""
    return shown(templates(api.caller.workspace).get(template_id), now_ms())


@api.endpoint("PATCH", "/v1/templates/{template_id}", permission=Permission.MANAGE_TEMPLATES)
def edit_template(template_id: str, body: TemplateEdit) -> TemplateShown:
    """Edit a template, which is reviewed again.

    Meta lets an approved one be edited once a day and ten times in thirty days, and its category
    not at all; a rejected or paused one as often as one likes.
    """
    tenant, now = api.caller.workspace, now_ms()
    store = templates(tenant)
    before = store.get(template_id)
    handing_in.check_editable(before, now)
    category = body.category or before.category
    if before.status == "APPROVED" and category != before.category:
        _refuse_if([FieldError("category", "cannot be changed once the template is approved")])
    components = body.components if body.components is not None else before.components
    ttl = body.message_send_ttl_seconds or before.ttl_seconds or None
    whole = _content(
        TemplateDraft(
            name=before.name,
            language=before.language,
            category=category,
            components=components,
            parameter_format=before.parameter_format,
            message_send_ttl_seconds=ttl,
        )
    )
    _refuse_if(validate(whole))
    account = _account_of(before.waba_id)
    token = sealer().open(tenant, account.number.sealed_token)
    sent = _with_handles(account, token, components)
    changes: JsonObject = {"category": category, "components": sent}
    if ttl is not None:
        changes["message_send_ttl_seconds"] = ttl
    if before.status == "APPROVED":
        del changes["category"]
    _asked(lambda: handing_in.edit(graph(), token, before, changes), components, account)
    counts = before.status == "APPROVED"
    after = replace(
        before,
        category=category,
        components=sent,
        ttl_seconds=ttl or 0,
        status=PENDING,
        reason="",
        details="",
        edited_at=(*before.edited_at, now)[-limits.EDITS_A_MONTH :] if counts else before.edited_at,
        updated_at=now,
    )
    store.put(after, by=api.actor, action="template.edited")
    return shown(after, now)


@api.endpoint("POST", "/v1/templates/{template_id}/unpause", permission=Permission.MANAGE_TEMPLATES)
def unpause_template(template_id: str) -> TemplateShown:
    """Let a template that Meta has paused be sent again.

    Meta pauses what people block or report: for hours at first, and for good the third time.
    """
    tenant, now = api.caller.workspace, now_ms()
    store = templates(tenant)
    before = store.get(template_id)
    account = _account_of(before.waba_id)
    token = sealer().open(tenant, account.number.sealed_token)
    _asked(lambda: handing_in.unpause(graph(), token, before), before.components, account)
    after = replace(before, status=APPROVED, reason="", details="", updated_at=now)
    store.put(after, by=api.actor, action="template.unpaused")
    return shown(after, now)


@api.endpoint(
    "DELETE", "/v1/templates/{template_id}", permission=Permission.MANAGE_TEMPLATES, status=204
)
def delete_template(template_id: str) -> None:
    """Delete a template in this language. Meta gives its name to nobody for thirty days."""
    tenant = api.caller.workspace
    store = templates(tenant)
    template = store.get(template_id)
    account = _account_of(template.waba_id)
    token = sealer().open(tenant, account.number.sealed_token)
    _asked(lambda: handing_in.delete(graph(), token, template), template.components, account)
    store.remove(template, by=api.actor, at=now_ms())


def _content(body: TemplateDraft) -> JsonObject:
    """As Meta takes it."""
    return body.model_dump(exclude_none=True, exclude={"waba_id"})


def _refuse_if(wrong: Sequence[FieldError]) -> None:
    if wrong:
        raise ProblemError(INVALID_INPUT, errors=wrong)


def _channels() -> list[Channel]:
    found, _ = channels(api.caller.workspace).page(MOST_CHANNELS, None)
    return found


def _account_of(waba_id: str | None) -> Account:
    tenant = api.caller.workspace
    return account_of(_channels(), waba_id, lambda channel_id: number(tenant, channel_id))


def _with_handles(account: Account, token: str, components: list[JsonObject]) -> list[JsonObject]:
    app_id = account.channel.app_id
    if not app_id and account.channel.kind == PLATFORM:
        app_id = platform_app().id
    handle = samples.handle_at_meta(graph(), token, app_id)
    try:
        return samples.with_handles(components, files(api.caller.workspace), handle)
    except SampleRefusedError as error:
        raise ProblemError(INVALID_INPUT, errors=[error.error]) from error
    except GraphError as error:
        raise _refused(error, components) from error


def _count_creation(waba_id: str, now: int) -> None:
    """Raises ProblemError when Meta would take no more in this hour."""
    seconds = now // 1000
    hour = seconds // _HOUR_SECONDS
    ends = (hour + 1) * _HOUR_SECONDS
    used = creations(api.caller.workspace).add(
        f"templates-{waba_id}", hour, limits.CREATIONS_AN_HOUR, ends
    )
    if used is None:
        raise ProblemError(_TOO_MANY, headers={"Retry-After": str(ends - seconds)})


def _asked(call: Any, components: Sequence[JsonObject], account: Account) -> Any:
    """What Meta answered. When it was silent, whether it did what was asked is found out by a
    comparison."""
    try:
        return call()
    except GraphError as error:
        raise _refused(error, components) from error
    except GraphUnreachableError:
        ask_for_templates(api.caller.workspace, account.waba_id)
        raise


def _refused(error: GraphError, components: Sequence[JsonObject]) -> ProblemError:
    if error.action is Action.SLOW_ACCOUNT:
        return ProblemError(META_BUSY, str(error))
    return ProblemError(META_REFUSED, str(error), errors=handing_in.field_of(error, components))


def _account(waba_id: str, channel: Channel, state: Any, now: int) -> AccountShown:
    asked, done = (state.asked_at, state.synced_at) if state else (0, 0)
    return AccountShown(
        waba_id=waba_id,
        channel_id=channel.id,
        name=channel.name,
        synced_at=done or None,
        syncing=asked > done and now - asked < _SYNC_TAKES_MS,
        reason=state.reason if state else "",
    )
