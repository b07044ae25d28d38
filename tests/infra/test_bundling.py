"""Packing works without Docker, and says why when it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import DockerImage

from infra import bundling
from infra.app import build
from infra.bundling import (
    HOST,
    LAMBDA,
    BundlingError,
    DependencyBundler,
    PackageBundler,
    install,
    install_commands,
)
from tests.templates import assembly

UNUSED = DockerImage.from_registry("unused")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    (folder / "store").mkdir(parents=True)
    (folder / "__pycache__").mkdir()
    (folder / "__init__.py").write_text("ANSWER = 42\n")
    (folder / "store" / "keys.py").write_text("KEY = 'k'\n")
    (folder / "__pycache__" / "stale.cpython-39.pyc").write_bytes(b"stale")
    return folder


def test_a_package_lands_below_python_without_leftovers(package: Path, tmp_path: Path) -> None:
    assert PackageBundler(package, LAMBDA).try_bundle(str(tmp_path / "out"), image=UNUSED) is True
    packed = {
        str(path.relative_to(tmp_path / "out"))
        for path in (tmp_path / "out").rglob("*.py")
        if path.is_file()
    }
    assert packed == {"python/shared/__init__.py", "python/shared/store/keys.py"}
    assert not list((tmp_path / "out").rglob("stale*"))


def test_bytecode_is_shipped_only_for_the_same_python_and_is_never_checked(
    package: Path, tmp_path: Path
) -> None:
    PackageBundler(package, HOST).try_bundle(str(tmp_path / "host"), image=UNUSED)
    compiled = list((tmp_path / "host").rglob("*.pyc"))
    assert len(compiled) == 2
    # PEP 552: bit 0 says hash-based, bit 1 that the source is to be checked.
    assert {path.read_bytes()[4:8] for path in compiled} == {b"\x01\x00\x00\x00"}

    other = bundling.Target("3.99", None)
    PackageBundler(package, other).try_bundle(str(tmp_path / "other"), image=UNUSED)
    assert not list((tmp_path / "other").rglob("*.pyc"))


def test_something_that_is_no_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundlingError, match="no __init__"):
        PackageBundler(tmp_path, LAMBDA).try_bundle(str(tmp_path / "out"), image=UNUSED)


def test_a_failed_install_raises_with_every_command_and_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(requirements: Path, into: Path, target: object) -> list[list[str]]:
        return [["sh", "-c", "echo first reason >&2; exit 1"], ["sh", "-c", "echo second; exit 2"]]

    monkeypatch.setattr(bundling, "install_commands", failing)
    bundler = DependencyBundler(tmp_path / "functions.txt", LAMBDA)
    with pytest.raises(BundlingError, match=r"(?s)first reason.*second"):
        bundler.try_bundle(str(tmp_path / "out"), image=UNUSED)


def test_the_next_way_is_tried_in_a_clean_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "python"

    def second_works(requirements: Path, into: Path, target: object) -> list[list[str]]:
        return [["sh", "-c", f"touch {into}/half; exit 1"], ["sh", "-c", f"touch {into}/whole"]]

    monkeypatch.setattr(bundling, "install_commands", second_works)
    install(tmp_path / "functions.txt", into, LAMBDA)
    assert [path.name for path in into.iterdir()] == ["whole"]


def test_wheels_are_pinned_by_hash_for_the_runtime_and_never_built() -> None:
    commands = install_commands(bundling.REQUIREMENTS, Path("out"), LAMBDA)
    for command in commands:
        text = " ".join(command)
        assert "--require-hashes" in text
        assert "--only-binary :all:" in text
        assert "--python-version 3.13" in text
    assert "-m pip install" in " ".join(commands[-1])
    assert "manylinux2014_aarch64" in commands[-1]


def test_the_local_stage_installs_for_this_machine() -> None:
    for command in install_commands(bundling.REQUIREMENTS, Path("out"), HOST):
        assert not any("platform" in argument for argument in command)


def test_boto3_is_left_to_the_runtime() -> None:
    locked = bundling.REQUIREMENTS.read_text()
    assert "pydantic==" in locked
    assert "boto3==" not in locked


def synthesize_with_bundling(outdir: Path) -> None:
    build({"stage": "dev", "web": "false"}, outdir).synth()


def test_a_whole_synthesis_bundles_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = []

    def recorded(requirements: Path, into: Path, target: bundling.Target) -> None:
        installed.append(target)
        into.mkdir(parents=True)
        (into / "wheel.py").write_text("")

    monkeypatch.setattr(bundling, "install", recorded)
    synthesize_with_bundling(tmp_path)
    # The libraries of all, and those that few need.
    assert installed == [LAMBDA, LAMBDA]
    assert len(list(tmp_path.glob("asset.*/python/wheel.py"))) == 2
    # One shared layer for both stacks: the same code has the same hash.
    assert len(list(tmp_path.glob("asset.*/python/shared/__init__.py"))) == 1


def test_a_failed_install_stops_the_synthesis_with_its_reason_and_not_docker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(requirements: Path, into: Path, target: bundling.Target) -> None:
        raise BundlingError("no wheel of pydantic for this platform")

    monkeypatch.setattr(bundling, "install", refused)
    with pytest.raises(Exception, match="no wheel of pydantic") as problem:
        synthesize_with_bundling(tmp_path)
    assert "docker" not in str(problem.value).lower()


def test_functions_are_packed_one_context_each_with_the_import_root(stage: str) -> None:
    folder = assembly(stage)
    contexts = set()
    for path in folder.glob("*.assets.json"):
        for file in json.loads(path.read_text())["files"].values():
            source = folder / file["source"]["path"]
            tops = {entry.name for entry in source.iterdir()} if source.is_dir() else set()
            if tops & {"gateway", "flow", "account"}:
                assert len(tops) == 1
                contexts |= tops
                assert not list(source.rglob("__pycache__"))
    assert contexts == {"gateway", "flow", "account"}
