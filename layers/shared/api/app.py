"""A context's API: its route table, and what happens to every request before and after a route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from shared.api import access, idempotency, problems
from shared.api.bodies import check_body
from shared.api.endpoint import WITH_BODY, Endpoint
from shared.api.etags import etag, revision_of
from shared.api.field_errors import field_errors
from shared.api.problems import ProblemError, ProblemKind
from shared.api.rate_limits import spend
from shared.api.unexpected import report
from shared.caller import Caller, NoWorkspaceError, caller_of
from shared.clock import Clock, now_ms
from shared.ids import digest, new_id
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.store.audit import Actor
from shared.store.cursors import InvalidCursorError
from shared.store.requests import Answers
from shared.tenant_session import client_for, client_for_person
from shared.usage.limits import LimitReachedError

Route = TypeVar("Route", bound=Callable[..., object])

_EVERYWHERE: Final[Mapping[type[Exception], ProblemKind]] = {
    InvalidCursorError: problems.INVALID_CURSOR,
    # Powertools takes fewer signs in addresses than the route table does.
    NotFoundError: problems.NO_ROUTE,
    NoWorkspaceError: problems.NO_WORKSPACE,
}


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """What every API function is told; its own `Settings` adds to it."""

    requests_table: str
    data_role_arn: str


class Api:
    """`tag` heads its routes in the OpenAPI document; `refusals` says how the exceptions of the
    stores are told to callers; `settings` is asked at the first request."""

    def __init__(
        self,
        tag: str,
        *,
        settings: Callable[[], ApiSettings],
        refusals: Mapping[type[Exception], ProblemKind] | None = None,
        clock: Clock = now_ms,
    ) -> None:
        self.tag = tag
        self.endpoints: list[Endpoint] = []
        self._settings = settings
        self._clock = clock
        self._headers: dict[str, str] = {}
        self._refusals = {**_EVERYWHERE, **(refusals or {})}
        self.resolver = APIGatewayHttpResolver(
            enable_validation=True, response_validation_error_http_code=500
        )
        self.resolver.exception_handler(Exception)(self._raised)

    def endpoint(
        self,
        method: str,
        path: str,
        *,
        permission: access.Access,
        status: int = 200,
        if_match: bool = False,
        secret_answer: bool = False,
    ) -> Callable[[Route], Route]:
        """Declare a route; see `Endpoint` for what the words mean."""
        declared = Endpoint(method, path, permission, status, if_match, secret_answer)
        self.endpoints.append(declared)

        def register(function: Route) -> Route:
            title, _, description = (function.__doc__ or "").partition("\n")
            register_route = self.resolver.route(
                declared.rule,
                method,
                summary=title.strip().removesuffix("."),
                description=" ".join(description.split()) or None,
                tags=[self.tag],
                operation_id=function.__name__,
                status_code=status,
            )
            return register_route(function)

        return register

    @property
    def caller(self) -> Caller:
        """Who makes the request that is being answered."""
        return caller_of(self.resolver.current_event.raw_event)

    @property
    def request_id(self) -> str:
        """The same for the same Idempotency-Key of the same caller, else a new one."""
        key = idempotency.key_of(self.resolver.current_event.raw_event)
        caller = self.caller
        return digest(f"{caller.holder}\n{caller.principal}\n{key}")[:32] if key else new_id()

    @property
    def actor(self) -> Actor:
        """The caller as the audit log names who makes a change."""
        caller = self.caller
        if caller.user_id:
            return Actor(caller.user_id, caller.email or "")
        return Actor(str(caller.key_id), "API key")

    @property
    def revision(self) -> int:
        """The version that the caller has read, from If-Match. Raises ProblemError."""
        return revision_of(self.resolver.current_event.headers.get("if-match"))

    def tell_revision(self, revision: int) -> None:
        """Give the answer an ETag."""
        self._headers["ETag"] = etag(revision)

    @counted
    def handler(self, event: JsonObject, context: Any) -> JsonObject:
        """API Gateway HTTP API, payload 2.0, behind the authorizer."""
        count("ApiRequests")
        self._headers = {}
        try:
            answer = self._answer(event, context)
        except Exception as error:
            answer = self._problem(error).answer()
        return {**answer, "headers": {**answer["headers"], **self._headers}}

    def _answer(self, event: JsonObject, context: Any) -> JsonObject:
        caller = caller_of(event)
        self._count(caller)
        endpoint = self._endpoint_for(event)
        access.check(endpoint.access, caller)
        if endpoint.if_match:
            revision_of(event["headers"].get("if-match"))
        if endpoint.method in WITH_BODY:
            check_body(event)
        key = idempotency.key_of(event) if endpoint.method == "POST" else None
        if key is None:
            return self._resolve(event, context)
        return idempotency.once(
            Answers(caller.holder, caller.principal, self._table(), self._requests(caller)),
            key,
            idempotency.fingerprint(event),
            self._clock() // 1000,
            lambda: self._resolve(event, context),
            secret=endpoint.secret_answer,
        )

    def _count(self, caller: Caller) -> None:
        allowance = spend(caller, self._table(), self._requests(caller), self._clock() // 1000)
        if allowance is not None:
            self._headers = allowance.headers()
            allowance.check()

    def _resolve(self, event: JsonObject, context: Any) -> JsonObject:
        answer: JsonObject = self.resolver.resolve(event, context)
        # There is nothing to say about what is gone.
        return {**answer, "body": ""} if answer["statusCode"] == 204 else answer

    def _table(self) -> str:
        return self._settings().requests_table

    def _requests(self, caller: Caller) -> Any:
        """A client that can reach what is remembered of this caller's requests."""
        if caller.tenant:
            return client_for(caller.tenant, "dynamodb")
        return client_for_person(str(caller.user_id), "dynamodb")

    def _endpoint_for(self, event: JsonObject) -> Endpoint:
        """Raises ProblemError when no route fits."""
        method, path = event["requestContext"]["http"]["method"], event["rawPath"]
        there = {one.method: one for one in self.endpoints if one.fits(path)}
        if not there:
            raise ProblemError(problems.NO_ROUTE)
        if method not in there:
            raise ProblemError(problems.WRONG_METHOD, headers={"Allow": ", ".join(sorted(there))})
        return there[method]

    def _raised(self, error: Exception) -> Response[str]:
        """What a route raised, as Powertools wants it."""
        answer = self._problem(error).answer()
        return Response(
            status_code=answer["statusCode"], body=answer["body"], headers=answer["headers"]
        )

    def _problem(self, error: Exception) -> ProblemError:
        if isinstance(error, ProblemError):
            return error
        if isinstance(error, RequestValidationError):
            return ProblemError(problems.INVALID_INPUT, errors=field_errors(error.errors()))
        if isinstance(error, LimitReachedError):
            return _limit_reached(error)
        for cls in type(error).__mro__:
            if kind := self._refusals.get(cls):
                return ProblemError(kind)
        report(error)
        return ProblemError(problems.INTERNAL)


def _limit_reached(error: LimitReachedError) -> ProblemError:
    more = {"meter": error.meter, "limit": error.limit, "resets_at": error.resets_at}
    return ProblemError(problems.LIMIT_REACHED, str(error), more=more)
