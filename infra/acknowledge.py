"""Accepting one finding of a rule pack on one construct, with the reason beside it."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import IConstruct


def validations(construct: IConstruct) -> cdk.Validations:
    """Where CDK keeps what was accepted."""
    return cdk.Validations.of(construct)


def acknowledge(construct: IConstruct, reasons: dict[str, str]) -> None:
    """Accept findings, given as rule id to true reason."""
    validations(construct).acknowledge(
        *(cdk.Acknowledgment(id=rule, reason=reason) for rule, reason in reasons.items())
    )


def acknowledge_plain_http(construct: IConstruct, rule: str) -> None:
    """Accept that a resource of a stage without TLS does not demand it."""
    acknowledge(
        construct,
        {rule: "This stage lives on a loopback emulator without TLS; deployed stages enforce it."},
    )
