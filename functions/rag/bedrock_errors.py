"""What Bedrock's clients raise, told apart: busy or out of reach for a while, or refused."""

from __future__ import annotations

from typing import Final

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnectedError

CALL_ERRORS: Final = (ClientError, NotConnectedError, HTTPClientError)
"""Of a call that came back with an error, or with nothing."""

_BUSY: Final = frozenset(
    {
        *("ThrottlingException", "ServiceUnavailableException", "ModelNotReadyException"),
        *("ModelTimeoutException", "InternalServerException", "ModelErrorException"),
    }
)


def is_busy(error: Exception) -> bool:
    """Whether asking again later is likely to help. No answer in time is one of them."""
    return not isinstance(error, ClientError) or error.response["Error"]["Code"] in _BUSY
