"""Creates the synthesized stacks in the local AWS through its CloudFormation."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from local.assembly import Asset, Stack
from local.failures import DeploymentError

# Stacks refuse to deploy into an account whose bootstrap is older than this parameter says.
_BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
_BOOTSTRAP_VERSION = "30"
_CAPABILITIES = ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")
_TIMEOUT_SECONDS = 120.0
_POLL_SECONDS = 0.1


class Clients(Protocol):
    def __call__(self, service: str) -> Any: ...


class Deployer:
    """`endpoint` is the local AWS's address; `log` its log, for the reader of an error."""

    def __init__(self, clients: Clients, endpoint: str, log: Path) -> None:
        self._s3 = clients("s3")
        self._ssm = clients("ssm")
        self._cloudformation = clients("cloudformation")
        self._endpoint = endpoint
        self._log = log
        self._published: set[tuple[str, str]] = set()

    def bootstrap(self) -> None:
        self._ssm.put_parameter(
            Name=_BOOTSTRAP_PARAMETER, Value=_BOOTSTRAP_VERSION, Type="String", Overwrite=True
        )

    def deploy(self, stack: Stack, parameters: Mapping[str, str]) -> dict[str, str]:
        """Create a stack and answer its outputs. Parameters that it does not declare are left out.

        Raises DeploymentError with the first resource that failed.
        """
        for asset in stack.assets:
            self._publish(asset)
        self._cloudformation.create_stack(
            StackName=stack.name,
            TemplateURL=f"{self._endpoint}/{stack.template_bucket}/{stack.template_key}",
            Capabilities=_CAPABILITIES,
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in parameters.items()
                if name in stack.parameters
            ],
        )
        created = self._wait(stack.name)
        if created["StackStatus"] != "CREATE_COMPLETE":
            raise DeploymentError(stack.name, self._reason(stack.name, created), self._log)
        return {out["OutputKey"]: out["OutputValue"] for out in created.get("Outputs", ())}

    def physical_ids(self, stack_name: str, resource_type: str) -> list[str]:
        resources = self._cloudformation.describe_stack_resources(StackName=stack_name)
        return [
            resource["PhysicalResourceId"]
            for resource in resources["StackResources"]
            if resource["ResourceType"] == resource_type
        ]

    def _wait(self, name: str) -> Any:
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while True:
            stack = self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]
            in_progress = stack["StackStatus"].endswith("_IN_PROGRESS")
            if not in_progress or time.monotonic() > deadline:
                return stack
            time.sleep(_POLL_SECONDS)

    def _reason(self, name: str, stack: Any) -> str:
        """Why a stack failed: the oldest failure, since the later ones follow from it."""
        events = self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
        if not failed:
            return str(stack.get("StackStatusReason") or stack["StackStatus"])
        first = failed[-1]
        reason = first.get("ResourceStatusReason", "no reason given")
        return f"{first['LogicalResourceId']} ({first['ResourceType']}): {reason}"

    def _publish(self, asset: Asset) -> None:
        place = (asset.bucket, asset.key)
        if place in self._published:
            return
        if not any(asset.bucket == bucket for bucket, _ in self._published):
            self._s3.create_bucket(Bucket=asset.bucket)
        body = zipped(asset.source) if asset.zipped else asset.source.read_bytes()
        self._s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=body)
        self._published.add(place)


def zipped(folder: Path) -> bytes:
    """A folder as a zip archive, not compressed: it travels over loopback only."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", strict_timestamps=False) as bundle:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                bundle.write(path, path.relative_to(folder))
    return archive.getvalue()
