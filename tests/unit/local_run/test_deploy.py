import io
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from local.assembly import Asset, Stack
from local.deploy import Deployer, zipped
from local.failures import DeploymentError


class FakeClients:
    def __init__(self) -> None:
        self.made: dict[str, MagicMock] = {}

    def __call__(self, service: str) -> Any:
        return self.made.setdefault(service, MagicMock(name=service))


@pytest.fixture
def clients() -> FakeClients:
    return FakeClients()


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    template = tmp_path / "App.template.json"
    template.write_text("{}")
    return Stack(
        name="App",
        template=template,
        template_bucket="assets",
        template_key="app.json",
        parameters=frozenset({"GraphApiUrl", "BootstrapVersion"}),
        assets=(Asset(template, False, "assets", "app.json"),),
    )


def deployer(clients: FakeClients) -> Deployer:
    return Deployer(clients, "http://127.0.0.1:1", Path("aws.log"))


def answer(clients: FakeClients, status: str, **more: Any) -> None:
    stack = {"StackStatus": status, **more}
    clients("cloudformation").describe_stacks.return_value = {"Stacks": [stack]}


def test_a_folder_is_zipped_with_the_names_inside_it(tmp_path: Path) -> None:
    (tmp_path / "python/shared").mkdir(parents=True)
    (tmp_path / "python/shared/clock.py").write_text("now = 1")

    with zipfile.ZipFile(io.BytesIO(zipped(tmp_path))) as archive:
        assert archive.namelist() == ["python/shared/clock.py"]
        assert archive.read("python/shared/clock.py") == b"now = 1"


def test_only_declared_parameters_are_given(clients: FakeClients, stack: Stack) -> None:
    answer(clients, "CREATE_COMPLETE", Outputs=[{"OutputKey": "ApiUrl", "OutputValue": "http"}])

    outputs = deployer(clients).deploy(stack, {"GraphApiUrl": "http://g", "Other": "x"})

    request = clients("cloudformation").create_stack.call_args.kwargs
    assert outputs == {"ApiUrl": "http"}
    assert request["Parameters"] == [{"ParameterKey": "GraphApiUrl", "ParameterValue": "http://g"}]
    assert request["TemplateURL"] == "http://127.0.0.1:1/assets/app.json"


def test_an_asset_shared_by_stacks_is_uploaded_once(clients: FakeClients, stack: Stack) -> None:
    answer(clients, "CREATE_COMPLETE")

    both = deployer(clients)
    both.deploy(stack, {})
    both.deploy(stack, {})

    assert clients("s3").put_object.call_count == 1
    assert clients("s3").create_bucket.call_count == 1


def test_a_failure_names_the_resource_that_failed_first(clients: FakeClients, stack: Stack) -> None:
    answer(clients, "ROLLBACK_COMPLETE")
    newest_first = [
        failure("Worker", "Resource creation cancelled"),
        {**failure("Queue", ""), "ResourceStatus": "CREATE_COMPLETE"},
        failure("Table", "no such key"),
    ]
    clients("cloudformation").describe_stack_events.return_value = {"StackEvents": newest_first}

    with pytest.raises(DeploymentError, match=r"Table \(AWS::X::Table\): no such key .*aws\.log"):
        deployer(clients).deploy(stack, {})


def failure(name: str, reason: str) -> dict[str, str]:
    return {
        "LogicalResourceId": name,
        "ResourceType": f"AWS::X::{name}",
        "ResourceStatus": "CREATE_FAILED",
        "ResourceStatusReason": reason,
    }
