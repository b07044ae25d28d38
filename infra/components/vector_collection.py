"""A vector collection of OpenSearch Serverless: who may reach it, and what it keeps ready.

Three things must agree before a request gets through: the network policy, the data access policy,
and the caller's own rights. The first lets the internet in, because functions live in no network
of ours; the other two let nobody in but the roles that are named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_opensearchserverless as aoss
from constructs import Construct

from infra.components.python_function import PythonFunction
from infra.config import Stage

_CEILING: Final = 8  # OCUs that search and indexing may grow to, each
_READ: Final = ("aoss:DescribeIndex", "aoss:ReadDocument")
_WRITE: Final = ("aoss:DescribeIndex", "aoss:ReadDocument", "aoss:WriteDocument")
_MAKE: Final = ("aoss:CreateIndex", "aoss:DescribeIndex", "aoss:UpdateIndex")
# Aliases are the collection's, not an index's.
_POINT: Final = tuple(f"aoss:{verb}CollectionItems" for verb in ("Create", "Describe", "Update"))


class VectorCollection(Construct):
    """`url` is where it is reached."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self._name = f"kabar-{stage.name}-knowledge"[:28].rstrip("-")
        group = aoss.CfnCollectionGroup(
            self,
            "Group",
            name=self._name,
            generation="NEXTGEN",
            standby_replicas="ENABLED",
            capacity_limits=aoss.CfnCollectionGroup.CapacityLimitsProperty(
                min_indexing_capacity_in_ocu=stage.collection_floor,
                max_indexing_capacity_in_ocu=max(_CEILING, stage.collection_floor),
                min_search_capacity_in_ocu=stage.collection_floor,
                max_search_capacity_in_ocu=max(_CEILING, stage.collection_floor),
            ),
        )
        encryption = self._policy(
            "Encryption",
            "encryption",
            {"Rules": [self._rule("collection")], "AWSOwnedKey": True},
        )
        network = self._policy(
            "Network",
            "network",
            [{"Rules": [self._rule("collection")], "AllowFromPublic": True}],
        )
        self._collection = aoss.CfnCollection(
            self,
            "Collection",
            name=self._name,
            type="VECTORSEARCH",
            collection_group_name=self._name,
            description="Passages of documents",
        )
        for earlier in (group, encryption, network):
            self._collection.add_resource_dependency(earlier)
        self._collection.apply_removal_policy(
            cdk.RemovalPolicy.RETAIN if stage.retained else cdk.RemovalPolicy.DESTROY
        )
        self.url = self._collection.attr_collection_endpoint
        self.arn = self._collection.attr_arn

    def open_to(
        self,
        *,
        maker: PythonFunction,
        writers: Sequence[PythonFunction],
        readers: Sequence[PythonFunction],
    ) -> aoss.CfnAccessPolicy:
        """Let these functions in and nobody else; the maker makes the index, writers read too."""
        for function in (maker, *writers, *readers):
            function.allow("aoss:APIAccessAll", on=[self.arn])
        below = self._rule("index", "/*")
        rules: list[tuple[list[dict[str, object]], Sequence[PythonFunction]]] = [
            (
                [
                    {**below, "Permission": list(_MAKE)},
                    {**self._rule("collection"), "Permission": list(_POINT)},
                ],
                [maker],
            ),
            ([{**below, "Permission": list(_WRITE)}], writers),
            ([{**below, "Permission": list(_READ)}], readers),
        ]
        return aoss.CfnAccessPolicy(
            self,
            "Access",
            name=self._name,
            type="data",
            policy=cdk.Stack.of(self).to_json_string(
                [
                    {
                        "Rules": allowed,
                        "Principal": [function.role.role_arn for function in functions],
                    }
                    for allowed, functions in rules
                ]
            ),
        )

    def _rule(self, kind: str, below: str = "") -> dict[str, object]:
        return {"ResourceType": kind, "Resource": [f"{kind}/{self._name}{below}"]}

    def _policy(self, construct_id: str, kind: str, policy: object) -> aoss.CfnSecurityPolicy:
        return aoss.CfnSecurityPolicy(
            self, construct_id, name=self._name, type=kind, policy=json.dumps(policy)
        )
