"""The ARNs that calling a model of Bedrock needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_iam as iam

from infra.acknowledge import acknowledge
from infra.components.python_function import PythonFunction

_ANYWHERE: Final = "arn:<AWS::Partition>:bedrock:*::foundation-model"
_PROFILES: Final = ("global.", "apac.", "us.", "eu.", "au.", "jp.")


def model_arns(models: Iterable[str], region: str) -> list[str]:
    """For models, and for inference profiles by their ids. A profile runs its model where there is
    room: in any Region, or in none that is named."""
    return list(dict.fromkeys(arn for model in models for arn in _arns(model, region)))


def allow_models(function: PythonFunction, models: Sequence[str], region: str) -> None:
    """Let a function call these models, wherever a profile runs them."""
    arns = model_arns(models, region)
    function.allow("bedrock:InvokeModel", on=arns)
    anywhere = [arn.rpartition("/")[2] for arn in arns if ":bedrock:*:" in arn]
    acknowledge(
        function.role,
        {
            f"AwsSolutions-IAM5[Resource::{_ANYWHERE}/{name}]": (
                "An inference profile runs this one model in whichever Region has room."
            )
            for name in anywhere
        },
    )


def allow_reranking(function: PythonFunction, model: str, region: str) -> None:
    """Let a function have passages put in order by this one model."""
    function.allow("bedrock:InvokeModel", on=model_arns([model], region))
    function.role.add_to_principal_policy(
        iam.PolicyStatement(
            actions=["bedrock:Rerank"],
            resources=["*"],
            conditions={"StringEquals": {"aws:RequestedRegion": region}},
        )
    )
    acknowledge(
        function.role,
        {
            "AwsSolutions-IAM5[Resource::*]": (
                "X-Ray and Rerank have no resources to name: its two write actions only, and "
                "Rerank in one Region, which also needs InvokeModel on the one model."
            )
        },
    )


def _arns(model: str, region: str) -> list[str]:
    prefix = next((one for one in _PROFILES if model.startswith(one)), None)
    partition = cdk.Aws.PARTITION
    if prefix is None:
        return [f"arn:{partition}:bedrock:{region}::foundation-model/{model}"]
    name = model.removeprefix(prefix)
    profile = f"arn:{partition}:bedrock:{region}:{cdk.Aws.ACCOUNT_ID}:inference-profile/{model}"
    return [
        profile,
        f"arn:{partition}:bedrock:*::foundation-model/{name}",
        f"arn:{partition}:bedrock:::foundation-model/{name}",
    ]
