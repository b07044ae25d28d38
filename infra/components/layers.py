"""The two layers every function carries: third-party wheels and the package `shared`. What few
functions need besides is a layer of its own."""

from __future__ import annotations

from functools import cached_property

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.bundling import (
    ARCHITECTURE,
    HOST,
    KNOWLEDGE_REQUIREMENTS,
    LAMBDA,
    ROOT,
    RUNTIME,
    dependency_code,
    package_code,
)
from infra.config import Stage


class Layers(Construct):
    """One pair per stack: a layer's ARN changes with every release and must not cross stacks."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self._target = HOST if stage.bundle_for_host else LAMBDA
        self.dependencies = self._layer("Dependencies", dependency_code(self._target))
        self.shared = self._layer("Shared", package_code(ROOT / "layers" / "shared", self._target))

    @cached_property
    def knowledge(self) -> lambda_.ILayerVersion:
        """What reads documents, and the collection's client."""
        return self._layer("Knowledge", dependency_code(self._target, KNOWLEDGE_REQUIREMENTS))

    @property
    def all(self) -> list[lambda_.ILayerVersion]:
        """In the order in which they are laid over each other."""
        return [self.dependencies, self.shared]

    def _layer(self, construct_id: str, code: lambda_.Code) -> lambda_.LayerVersion:
        return lambda_.LayerVersion(
            self,
            construct_id,
            code=code,
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
        )
