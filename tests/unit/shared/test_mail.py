"""Mail goes to SES as it is; what SES refuses is an error with a name."""

from __future__ import annotations

import boto3
import pytest
from botocore.stub import Stubber

from shared.mail import MailNotSentError, Message, SesMail


def test_a_message_is_handed_to_ses() -> None:
    ses = boto3.client("sesv2", region_name="ap-southeast-1")
    with Stubber(ses) as stub:
        stub.add_response(
            "send_email",
            {"MessageId": "1"},
            {
                "FromEmailAddress": "kabar@kabar.test",
                "Destination": {"ToAddresses": ["ana@kabar.test"]},
                "Content": {
                    "Simple": {
                        "Subject": {"Data": "Halo", "Charset": "UTF-8"},
                        "Body": {"Text": {"Data": "Apa kabar?", "Charset": "UTF-8"}},
                    }
                },
            },
        )
        SesMail(ses, "kabar@kabar.test").send(Message("ana@kabar.test", "Halo", "Apa kabar?"))
        stub.assert_no_pending_responses()


def test_a_refusal_has_a_name() -> None:
    ses = boto3.client("sesv2", region_name="ap-southeast-1")
    with Stubber(ses) as stub, pytest.raises(MailNotSentError, match="MessageRejected"):
        stub.add_client_error("send_email", "MessageRejected")
        SesMail(ses, "kabar@kabar.test").send(Message("a@b.test", "x", "y"))
