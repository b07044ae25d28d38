"""The address that mail comes from, known to SES."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ses as ses
from constructs import Construct


class MailSender(Construct):
    """SES writes to the address once; mail can be sent after the link in that letter was opened."""

    def __init__(self, scope: Construct, construct_id: str, *, address: str) -> None:
        super().__init__(scope, construct_id)
        ses.EmailIdentity(self, "Identity", identity=ses.Identity.email(address))
        self.arn = cdk.Stack.of(self).format_arn(
            service="ses", resource="identity", resource_name=address
        )
