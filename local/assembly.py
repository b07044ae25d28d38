"""Reads a synthesized cloud assembly: its stacks in the order of deployment, and their assets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

_STACK = "aws:cloudformation:stack"
_ASSETS = "cdk:asset-manifest"
_NESTED = "cdk:cloud-assembly"


class UnknownPackagingError(ValueError):
    """An asset is packed in a way that needs more than copying or zipping."""


@dataclass(frozen=True)
class Place:
    """Where an account's and region's assets go: fills the placeholders of the manifests."""

    account: str
    region: str
    partition: str = "aws"

    def fill(self, text: str) -> str:
        return (
            text.replace("${AWS::AccountId}", self.account)
            .replace("${AWS::Region}", self.region)
            .replace("${AWS::Partition}", self.partition)
        )


@dataclass(frozen=True)
class Asset:
    """A file, or a folder to be zipped, and the object it becomes."""

    source: Path
    zipped: bool
    bucket: str
    key: str


@dataclass(frozen=True)
class Stack:
    """`parameters` are the names that the template declares."""

    name: str
    template: Path
    template_bucket: str
    template_key: str
    parameters: frozenset[str]
    assets: tuple[Asset, ...]


def read(folder: Path, place: Place) -> list[Stack]:
    """Every stack of an assembly and of those inside it, each after what it depends on."""
    manifest = _json(folder / "manifest.json")
    artifacts: dict[str, Any] = manifest["artifacts"]
    order = TopologicalSorter({id_: a.get("dependencies", ()) for id_, a in artifacts.items()})
    stacks: list[Stack] = []
    for id_ in order.static_order():
        artifact = artifacts[id_]
        if artifact["type"] == _NESTED:
            stacks += read(folder / artifact["properties"]["directoryName"], place)
        elif artifact["type"] == _STACK:
            stacks.append(_stack(folder, id_, artifact, artifacts, place))
    return stacks


def _stack(
    folder: Path, id_: str, artifact: dict[str, Any], artifacts: dict[str, Any], place: Place
) -> Stack:
    properties = artifact["properties"]
    manifests = (artifacts[other] for other in artifact.get("dependencies", ()))
    assets = tuple(
        asset
        for manifest in manifests
        if manifest["type"] == _ASSETS
        for asset in _assets(folder / manifest["properties"]["file"], place)
    )
    template = folder / properties["templateFile"]
    uploaded = next(asset for asset in assets if asset.source == template)
    return Stack(
        name=properties.get("stackName", id_),
        template=template,
        template_bucket=uploaded.bucket,
        template_key=uploaded.key,
        parameters=frozenset(_json(template).get("Parameters", {})),
        assets=assets,
    )


def _assets(manifest: Path, place: Place) -> list[Asset]:
    return [
        Asset(
            source=manifest.parent / file["source"]["path"],
            zipped=_is_zipped(file["source"]),
            bucket=place.fill(destination["bucketName"]),
            key=place.fill(destination["objectKey"]),
        )
        for file in _json(manifest).get("files", {}).values()
        for destination in file["destinations"].values()
    ]


def _is_zipped(source: dict[str, Any]) -> bool:
    packaging = source.get("packaging", "file")
    if packaging not in ("file", "zip"):
        raise UnknownPackagingError(packaging)
    return bool(packaging == "zip")


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
