"""Files of a workspace in the bucket `Files`: every name begins with the tenant."""

from __future__ import annotations

from typing import Any, Final

from shared.json_types import JsonObject
from shared.tenancy import Tenant

LINK_SECONDS: Final = 3600


class FileMissingError(Exception):
    """There is no such file (yet)."""


class TenantFiles:
    """`path` is below the tenant's own prefix, and never made of what people type."""

    def __init__(self, tenant: Tenant, bucket: str, s3: Any) -> None:
        self._tenant = tenant
        self._bucket = bucket
        self._s3 = s3

    def key(self, path: str) -> str:
        return f"{self._tenant.id}/{path}"

    def write(self, path: str, content: bytes, content_type: str) -> None:
        self._s3.put_object(
            Bucket=self._bucket, Key=self.key(path), Body=content, ContentType=content_type
        )

    def read(self, path: str, first: int | None = None) -> bytes:
        """All, or the first so many bytes. Raises FileMissingError."""
        part = {} if first is None else {"Range": f"bytes=0-{first - 1}"}
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=self.key(path), **part)
        except self._s3.exceptions.NoSuchKey as error:
            raise FileMissingError(path) from error
        content: bytes = answer["Body"].read()
        return content

    def copy(self, path: str, to: str, content_type: str) -> None:
        self._s3.copy_object(
            Bucket=self._bucket,
            Key=self.key(to),
            CopySource={"Bucket": self._bucket, "Key": self.key(path)},
            MetadataDirective="REPLACE",
            ContentType=content_type,
        )

    def remove(self, path: str) -> None:
        """What is not there is gone already."""
        self._s3.delete_object(Bucket=self._bucket, Key=self.key(path))

    def below(self, prefix: str) -> list[str]:
        """The paths of all files whose paths begin so."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self.key(prefix)
        )
        own = len(self.key(""))
        return [one["Key"][own:] for page in pages for one in page.get("Contents", ())]

    def download(self, path: str, local_path: str) -> None:
        """To a file of this machine. Raises FileMissingError."""
        try:
            self._s3.download_file(self._bucket, self.key(path), local_path)
        except self._s3.exceptions.ClientError as error:
            _check_missing(error, path)
            raise

    def size(self, path: str) -> int:
        """In bytes. Raises FileMissingError."""
        try:
            head = self._s3.head_object(Bucket=self._bucket, Key=self.key(path))
        except self._s3.exceptions.ClientError as error:
            _check_missing(error, path)
            raise
        return int(head["ContentLength"])

    def is_there(self, path: str) -> bool:
        try:
            self.size(path)
        except FileMissingError:
            return False
        return True

    def upload(self, path: str, local_path: str, content_type: str) -> None:
        """A file of this machine, however large."""
        extra = {"ContentType": content_type}
        self._s3.upload_file(local_path, self._bucket, self.key(path), ExtraArgs=extra)

    def upload_form(self, path: str, most_bytes: int) -> JsonObject:
        """{"url", "fields"}: with these a browser may post one file of at most so many bytes, for
        an hour, and no other."""
        form: JsonObject = self._s3.generate_presigned_post(
            self._bucket,
            self.key(path),
            Conditions=[["content-length-range", 1, most_bytes]],
            ExpiresIn=LINK_SECONDS,
        )
        return form

    def link(
        self, path: str, name: str, *, shown: bool = False, seconds: int = LINK_SECONDS
    ) -> str:
        """An address that downloads the file under a name (letters, digits, dots and the like), or
        shows it in place."""
        how = "inline" if shown else "attachment"
        url: str = self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": self.key(path),
                "ResponseContentDisposition": f'{how}; filename="{name}"',
            },
            ExpiresIn=seconds,
        )
        return url


def _check_missing(error: Any, path: str) -> None:
    """Without the right to list, S3 refuses to say that something is not there."""
    if error.response["ResponseMetadata"]["HTTPStatusCode"] in (403, 404):
        raise FileMissingError(path) from error
