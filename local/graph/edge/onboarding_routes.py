"""What is asked while a number is connected (sections 5.5 and 5.6)."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.graph import error_table
from local.graph.edge.graph_call import GraphCalls, parameters
from local.graph.graph_errors import GraphError, unknown_object
from local.graph.journal import RequestRecord
from local.graph.onboarding import Onboarding

CODE = "code-of-the-sign-up"
"""The one that the sign-up's window would give; it is good as often as one likes."""


class OnboardingEndpoint:
    def __init__(self, calls: GraphCalls, access_token: str, app_secret: str) -> None:
        self._calls = calls
        self._access_token = access_token
        self._app_secret = app_secret

    @property
    def _desk(self) -> Onboarding:
        return self._calls.simulator.onboarding

    def routes(self) -> list[BaseRoute]:
        open_ = self._calls.open_endpoint
        endpoint = self._calls.endpoint
        subscribed = endpoint(self.subscribed_apps)
        return [
            Route("/{version}/oauth/access_token", open_(self.exchange), methods=["GET"]),
            Route("/{version}/debug_token", open_(self.debug_token), methods=["GET"]),
            Route("/{version}/{waba_id}/phone_numbers", endpoint(self.numbers), methods=["GET"]),
            Route(
                "/{version}/{waba_id}/subscribed_apps",
                subscribed,
                methods=["GET", "POST", "DELETE"],
            ),
            Route("/{version}/{number}/register", endpoint(self.register), methods=["POST"]),
            Route("/{version}/{number}/smb_app_data", endpoint(self.app_data), methods=["POST"]),
        ]

    async def exchange(self, request: Request, _: RequestRecord) -> Response:
        query = request.query_params
        self._check_secret(query.get("client_secret", ""))
        if query.get("code") != CODE:
            raise GraphError(100, "This authorization code has been used or is invalid.")
        return JSONResponse({"access_token": self._access_token, "token_type": "bearer"})

    async def debug_token(self, request: Request, _: RequestRecord) -> Response:
        """Asked with the app's own token: its id and its secret."""
        scheme, _space, token = request.headers.get("authorization", "").partition(" ")
        app_id, _bar, secret = token.partition("|")
        if scheme.lower() != "bearer" or not app_id:
            raise GraphError(error_table.MISSING_TOKEN)
        self._check_secret(secret)
        asked = request.query_params.get("input_token", "")
        valid = secrets.compare_digest(asked.encode(), self._access_token.encode())
        return JSONResponse({"data": self._desk.token_data(app_id, valid=valid)})

    async def numbers(self, request: Request, _: RequestRecord) -> Response:
        self._own_account(request)
        return JSONResponse({"data": [self._desk.number()]})

    async def subscribed_apps(self, request: Request, _: RequestRecord) -> Response:
        self._own_account(request)
        if request.method == "GET":
            return JSONResponse({"data": [{}] if self._desk.subscribed else []})
        self._desk.subscribed = request.method == "POST"
        return JSONResponse({"success": True})

    async def register(self, request: Request, record: RequestRecord) -> Response:
        self._own_number(request)
        body = parameters(request, record.body)
        if body.get("messaging_product") != "whatsapp":
            raise GraphError(100, "The parameter messaging_product is required.")
        self._desk.register(str(body.get("pin", "")))
        return JSONResponse({"success": True})

    async def app_data(self, request: Request, record: RequestRecord) -> Response:
        """The phone's history of a number that is on no phone."""
        self._own_number(request)
        if parameters(request, record.body).get("sync_type") not in (
            "smb_app_state_sync",
            "history",
        ):
            raise GraphError(100, "The parameter sync_type is unknown.")
        raise GraphError(2593108, "The number was not onboarded from the WhatsApp Business app.")

    def _check_secret(self, secret: str) -> None:
        if not secrets.compare_digest(secret.encode(), self._app_secret.encode()):
            raise GraphError(error_table.INVALID_TOKEN, "The app's secret does not fit.")

    def _own_account(self, request: Request) -> None:
        waba_id = request.path_params["waba_id"]
        if waba_id != self._calls.simulator.business.waba_id:
            raise unknown_object(waba_id, request.method)

    def _own_number(self, request: Request) -> None:
        number = request.path_params["number"]
        if number != self._calls.simulator.business.phone_number_id:
            raise unknown_object(number, request.method)
