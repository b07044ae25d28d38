"""Media over the Graph API, and the other host that their bytes come from (section 4)."""

import email
from email.message import Message
from email.policy import HTTP

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.graph.edge.graph_call import GraphCalls
from local.graph.graph_errors import GraphError, unknown_object
from local.graph.journal import RequestRecord
from local.graph.media_shelf import MediaShelf, StoredMedia

LOOKASIDE = "/whatsapp_business/attachments/"


class MediaEndpoint:
    def __init__(self, calls: GraphCalls) -> None:
        self._calls = calls

    @property
    def _shelf(self) -> MediaShelf:
        return self._calls.simulator.media

    def routes(self) -> list[BaseRoute]:
        endpoint = self._calls.endpoint
        return [
            Route("/{version}/{object_id}/media", endpoint(self.upload), methods=["POST"]),
            Route("/{version}/{app_id}/uploads", endpoint(self.begin), methods=["POST"]),
            Route(LOOKASIDE, endpoint(self.download, versioned=False), methods=["GET"]),
        ]

    async def upload(self, request: Request, _: RequestRecord) -> Response:
        number = request.path_params["object_id"]
        if number != self._calls.simulator.business.phone_number_id:
            raise unknown_object(number, request.method)
        fields, file = _form(request.headers.get("content-type", ""), await request.body())
        if fields.get("messaging_product") != "whatsapp":
            raise GraphError(100, "The parameter messaging_product is required.")
        if file is None:
            raise GraphError(131008, "The parameter file is required.")
        media_type, data = file
        return JSONResponse({"id": self._shelf.upload(fields.get("type") or media_type, data).id})

    async def begin(self, request: Request, _: RequestRecord) -> Response:
        query = request.query_params
        length = query.get("file_length", "")
        upload = self._calls.simulator.uploads.begin(
            query.get("file_type", ""), int(length) if length.isdigit() else 0
        )
        return JSONResponse({"id": upload.id})

    async def download(self, request: Request, _: RequestRecord) -> Response:
        """404 for a link that has expired, as for one that never was."""
        query = request.query_params
        media = self._shelf.by_link(query.get("mid", ""), query.get("hash", ""))
        if media is None:
            return Response(status_code=404)
        return Response(media.data, media_type=media.mime_type)

    def look_up(self, request: Request, media: StoredMedia) -> Response:
        asked_by = request.query_params.get("phone_number_id")
        if asked_by not in (None, self._calls.simulator.business.phone_number_id):
            raise unknown_object(media.id, request.method)
        url = f"{str(request.base_url).rstrip('/')}{LOOKASIDE}{self._shelf.link(media)}"
        return JSONResponse(self._shelf.described(media, url))

    async def append(self, request: Request, upload_id: str) -> Response:
        uploads = self._calls.simulator.uploads
        upload = uploads.get(upload_id)
        if request.method == "GET":
            return JSONResponse({"id": upload.id, "file_offset": len(upload.data)})
        offset = request.headers.get("file_offset", "")
        if not offset.isdigit():
            raise GraphError(100, "The header file_offset is required.")
        handle = uploads.append(upload, int(offset), await request.body())
        return JSONResponse({"h": handle} if handle else {"file_offset": len(upload.data)})


def _form(content_type: str, body: bytes) -> tuple[dict[str, str], tuple[str, bytes] | None]:
    """The fields of a form, and the file in it with its type."""
    if not content_type.lower().startswith("multipart/form-data"):
        raise GraphError(100, "The body must be multipart/form-data.")
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message: Message = email.message_from_bytes(head + body, policy=HTTP)
    fields: dict[str, str] = {}
    file: tuple[str, bytes] | None = None
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if part.is_multipart() or not isinstance(name, str):
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        if part.get_filename() is not None or name == "file":
            file = (part.get_content_type(), data)
        else:
            fields[name] = data.decode("utf-8", "replace").strip()
    return fields, file
