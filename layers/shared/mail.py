"""Mail that the product itself sends. What the user pool sends (codes) is not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import ClientError


class MailNotSentError(RuntimeError):
    """The message was not taken for delivery."""


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text to one address."""

    to: str
    subject: str
    text: str


class Mail(Protocol):
    def send(self, message: Message) -> None:
        """Raises MailNotSentError."""


class SesMail:
    """Amazon SES; `sender` is an address or domain that SES has verified."""

    def __init__(self, sesv2: Any, sender: str) -> None:
        self._sesv2 = sesv2
        self._sender = sender

    def send(self, message: Message) -> None:
        try:
            self._sesv2.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [message.to]},
                Content={
                    "Simple": {
                        "Subject": {"Data": message.subject, "Charset": "UTF-8"},
                        "Body": {"Text": {"Data": message.text, "Charset": "UTF-8"}},
                    }
                },
            )
        except ClientError as error:
            raise MailNotSentError(error.response["Error"]["Code"]) from error
