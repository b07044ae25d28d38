"""Logs and metrics. Neither ever holds a message's text, a full phone number or a secret."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger()
metrics = Metrics(namespace="Kabar")


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def counted(handler: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Write what an invocation counted, if it counted anything."""

    @wraps(handler)
    def counting(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return handler(*args, **kwargs)
        finally:
            if metrics.metric_set:
                metrics.flush_metrics()

    return counting


def count(name: str, number: int = 1) -> None:
    """Add to a counter; written with the invocation's other metrics as one log line."""
    if number:
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=number)
