"""Logs and metrics. Neither ever holds a message's text, a full phone number or a secret."""

from __future__ import annotations

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger()
metrics = Metrics(namespace="Kabar")


def count(name: str, number: int = 1) -> None:
    """Add to a counter; written with the invocation's other metrics as one log line."""
    if number:
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=number)
