"""Packs layers and functions without Docker.

Real stages get wheels for Python 3.13 on arm64; the local stage gets them for this machine and
this interpreter, because the emulator runs functions in it. A bundler raises when it fails:
answering False would send CDK to Docker and hide the reason.
"""

from __future__ import annotations

import compileall
import hashlib
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any, Final

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_

ROOT: Final = Path(__file__).resolve().parent.parent
REQUIREMENTS: Final = ROOT / "requirements" / "functions.txt"
KNOWLEDGE_REQUIREMENTS: Final = ROOT / "requirements" / "knowledge.txt"
RUNTIME: Final = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE: Final = lambda_.Architecture.ARM_64
RUNTIME_PYTHON: Final = "3.13"
HOST_PYTHON: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
NOT_CODE: Final = ("**/__pycache__", "**/*.pyc")


class BundlingError(Exception):
    """Dependencies or code could not be packed; the message says which command failed and how."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the packed code will run."""

    python: str
    uv_platform: str | None
    """None installs for this machine."""
    pip_platforms: tuple[str, ...] = ()
    """pip takes each of these tags, and none that it thinks would do as well."""

    @property
    def accepts_host_bytecode(self) -> bool:
        """Bytecode is portable across machines but not across minor versions."""
        return self.python == HOST_PYTHON

    def identity(self) -> str:
        """Everything that changes what an install leaves behind."""
        machine = self.uv_platform or f"{platform.system()}-{platform.machine()}"
        return f"{machine} python{self.python} bytecode={self.accepts_host_bytecode}"


# Amazon Linux 2023 has glibc 2.34.
LAMBDA: Final = Target(
    RUNTIME_PYTHON,
    "aarch64-manylinux_2_28",
    ("manylinux_2_28_aarch64", "manylinux_2_26_aarch64", "manylinux2014_aarch64"),
)
HOST: Final = Target(HOST_PYTHON, None)


def install_commands(requirements: Path, into: Path, target: Target) -> list[list[str]]:
    """The ways to install, best first: uv from this interpreter's folder, uv on the path, pip."""
    uv_arguments = ["--python", sys.executable, "--python-version", target.python]
    if target.uv_platform:
        uv_arguments += ["--python-platform", target.uv_platform]
    pip_arguments = ["--disable-pip-version-check"]
    for tag in target.pip_platforms:
        pip_arguments += ["--platform", tag]
    if target.pip_platforms:
        pip_arguments += ["--implementation", "cp", "--python-version", target.python]
    common = ["--only-binary", ":all:", "--require-hashes"]
    common += ["--target", str(into), "-r", str(requirements)]
    uv = ["pip", "install", "--quiet", "--link-mode", "copy", *uv_arguments, *common]
    pip = ["-m", "pip", "install", "--quiet", "--no-compile", *pip_arguments, *common]
    beside = shutil.which("uv", path=str(Path(sys.executable).parent))
    found = dict.fromkeys(path for path in (beside, shutil.which("uv")) if path)
    return [*([path, *uv] for path in found), [sys.executable, *pip]]


def install(requirements: Path, into: Path, target: Target) -> None:
    """Install the pinned wheels into a folder.

    Raises:
        BundlingError: every way to install failed.
    """
    failures = []
    for command in install_commands(requirements, into, target):
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        failures.append(f"$ {' '.join(command)}\n{done.stderr.strip() or done.stdout.strip()}")
    raise BundlingError(
        f"installing {requirements.name} for {target.identity()} failed:\n" + "\n".join(failures)
    )


def compile_for(folder: Path, target: Target) -> None:
    """Ship bytecode, without which every cold start compiles: Lambda's files are read-only.

    It is unchecked, because zipping resets the times that ordinary bytecode is checked against.
    """
    if target.accepts_host_bytecode:
        compileall.compile_dir(
            folder, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
        )


@jsii.implements(cdk.ILocalBundling)
class DependencyBundler:
    """Requirements file to `python/`."""

    def __init__(self, requirements: Path, target: Target) -> None:
        self._requirements = requirements
        self._target = target

    def try_bundle(self, output_dir: str, *, image: cdk.DockerImage, **_: Any) -> bool:
        """Fill the layer's folder; never False (see the module)."""
        del image
        folder = Path(output_dir) / "python"
        install(self._requirements, folder, self._target)
        # What installers leave for themselves is no part of a layer.
        shutil.rmtree(folder / "bin", ignore_errors=True)
        (folder / ".lock").unlink(missing_ok=True)
        compile_for(folder, self._target)
        return True


@jsii.implements(cdk.ILocalBundling)
class PackageBundler:
    """One package to `python/<package>`."""

    def __init__(self, package: Path, target: Target) -> None:
        self._package = package
        self._target = target

    def try_bundle(self, output_dir: str, *, image: cdk.DockerImage, **_: Any) -> bool:
        """Copy the package; never False (see the module)."""
        del image
        if not (self._package / "__init__.py").is_file():
            raise BundlingError(f"{self._package} is no package: it has no __init__.py")
        folder = Path(output_dir) / "python"
        ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(self._package, folder / self._package.name, ignore=ignore)
        compile_for(folder, self._target)
        return True


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def package_files(package: Path) -> list[Path]:
    """The files that are packed, in a fixed order."""
    found = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(path for path in found if "__pycache__" not in path.parts)


def dependency_code(target: Target, requirements: Path = REQUIREMENTS) -> lambda_.Code:
    """The dependency layer, installed again only when the requirements or the target change."""
    return lambda_.Code.from_asset(
        str(requirements.parent),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        asset_hash=_digest(target.identity().encode(), requirements.read_bytes()),
        bundling=cdk.BundlingOptions(
            image=RUNTIME.bundling_image, local=DependencyBundler(requirements, target)
        ),
    )


def package_code(package: Path, target: Target) -> lambda_.Code:
    """A layer with one package of our own."""
    names = [str(path.relative_to(package)).encode() for path in package_files(package)]
    contents = [path.read_bytes() for path in package_files(package)]
    return lambda_.Code.from_asset(
        str(package),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        asset_hash=_digest(target.identity().encode(), *names, *contents),
        bundling=cdk.BundlingOptions(
            image=RUNTIME.bundling_image, local=PackageBundler(package, target)
        ),
    )


def context_code(context: str) -> lambda_.Code:
    """One folder of functions/, with the import root kept: `gateway/webhook.py` in the zip."""
    return lambda_.Code.from_asset(
        str(ROOT / "functions"),
        exclude=["*", f"!{context}", f"!{context}/**", *NOT_CODE],
        ignore_mode=cdk.IgnoreMode.GIT,
    )
