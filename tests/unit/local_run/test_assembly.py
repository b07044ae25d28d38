import json
from pathlib import Path
from typing import Any

import pytest

from local.assembly import Asset, Place, UnknownPackagingError, read

PLACE = Place(account="000000000000", region="us-east-1")


def write(folder: Path, name: str, content: Any) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(content))


def destination(key: str) -> dict[str, Any]:
    return {
        "current": {
            "bucketName": "assets-${AWS::AccountId}-${AWS::Region}",
            "objectKey": key,
            "assumeRoleArn": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/publishing",
        }
    }


def write_stack(folder: Path, name: str, **more_files: Any) -> dict[str, Any]:
    """A stack's files in an assembly; answers its artifacts."""
    write(folder, f"{name}.template.json", {"Parameters": {"Size": {}}, "Resources": {}})
    template = {"path": f"{name}.template.json", "packaging": "file"}
    files = {"t": {"source": template, "destinations": destination(f"{name}.json")}, **more_files}
    write(folder, f"{name}.assets.json", {"version": "1", "files": files})
    return {
        f"{name}.assets": {
            "type": "cdk:asset-manifest",
            "properties": {"file": f"{name}.assets.json"},
        },
        name: {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": f"{name}.template.json"},
            "dependencies": [f"{name}.assets"],
        },
    }


def test_stacks_come_after_what_they_depend_on(tmp_path: Path) -> None:
    artifacts = {**write_stack(tmp_path, "A-App"), **write_stack(tmp_path, "B-Data")}
    artifacts["A-App"]["dependencies"].append("B-Data")
    write(tmp_path, "manifest.json", {"artifacts": {"Tree": {"type": "cdk:tree"}, **artifacts}})

    assert [stack.name for stack in read(tmp_path, PLACE)] == ["B-Data", "A-App"]


def test_assets_are_those_of_the_manifest_with_the_place_filled_in(tmp_path: Path) -> None:
    code = {
        "source": {"path": "asset.1", "packaging": "zip"},
        "destinations": destination("1.zip"),
    }
    artifacts = write_stack(tmp_path, "App", code=code)
    write(tmp_path, "manifest.json", {"artifacts": artifacts})

    (stack,) = read(tmp_path, PLACE)

    assert stack.assets == (
        Asset(tmp_path / "App.template.json", False, "assets-000000000000-us-east-1", "App.json"),
        Asset(tmp_path / "asset.1", True, "assets-000000000000-us-east-1", "1.zip"),
    )
    assert (stack.template_bucket, stack.template_key) == (
        "assets-000000000000-us-east-1",
        "App.json",
    )
    assert stack.parameters == {"Size"}


def test_a_stack_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    artifacts = write_stack(tmp_path, "App")
    artifacts["App"]["properties"]["stackName"] = "Kabar-local-App"
    write(tmp_path, "manifest.json", {"artifacts": artifacts})

    assert [stack.name for stack in read(tmp_path, PLACE)] == ["Kabar-local-App"]


def test_assemblies_inside_are_read_in_their_turn(tmp_path: Path) -> None:
    inner = write_stack(tmp_path / "assembly-Stage", "Inner")
    write(tmp_path / "assembly-Stage", "manifest.json", {"artifacts": inner})
    nested = {
        "type": "cdk:cloud-assembly",
        "properties": {"directoryName": "assembly-Stage"},
        "dependencies": ["Outer"],
    }
    artifacts = {"Stage": nested, **write_stack(tmp_path, "Outer")}
    write(tmp_path, "manifest.json", {"artifacts": artifacts})

    assert [stack.name for stack in read(tmp_path, PLACE)] == ["Outer", "Inner"]


def test_an_asset_that_needs_a_tool_is_refused(tmp_path: Path) -> None:
    image = {
        "source": {"path": "image", "packaging": "docker"},
        "destinations": destination("image"),
    }
    write(tmp_path, "manifest.json", {"artifacts": write_stack(tmp_path, "App", image=image)})

    with pytest.raises(UnknownPackagingError, match="docker"):
        read(tmp_path, PLACE)
