"""Tables in memory, for campaigns of many steps: moto takes minutes for them. The same stores run
on moto in the tests of the API."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from sortedcontainers import SortedDict

from shared.json_types import JsonObject
from tests.unit.blast.quick_expressions import Against, bounds, condition, plain, update


class QuickTables:
    """Items are kept packed: small, and nobody's but the table's."""

    class exceptions:  # noqa: N801
        class ConditionalCheckFailedException(ClientError):  # noqa: N818
            pass

        class TransactionCanceledException(ClientError):  # noqa: N818
            pass

        class TransactionInProgressException(ClientError):  # noqa: N818
            pass

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, SortedDict[str, bytes]]] = defaultdict(
            lambda: defaultdict(SortedDict)
        )

    def get_item(self, TableName: str, Key: JsonObject, **_: Any) -> JsonObject:
        item = self._find(TableName, Key)
        return {"Item": item} if item else {}

    def put_item(self, **request: Any) -> JsonObject:
        before = self._check(request, request["Item"])
        self._store(request["TableName"], request["Item"])
        return {"Attributes": before} if before else {}

    def delete_item(self, **request: Any) -> JsonObject:
        self._check(request, request["Key"])
        table = self._tables[request["TableName"]]
        table[request["Key"]["pk"]["S"]].pop(request["Key"]["sk"]["S"], None)
        return {}

    def update_item(self, **request: Any) -> JsonObject:
        before = self._check(request, request["Key"])
        after = {**request["Key"], **before}
        update(request["UpdateExpression"])(Against(before, request), after)
        self._store(request["TableName"], after)
        if request.get("ReturnValues", "").endswith("OLD"):
            return {"Attributes": before} if before else {}
        return {"Attributes": after}

    def query(self, **request: Any) -> JsonObject:
        pk = plain(request["ExpressionAttributeValues"][":pk"])
        partition = self._tables[request["TableName"]][pk]
        is_meant = condition(request["KeyConditionExpression"])
        limit = request.get("Limit", len(partition))
        found: list[str] = []
        more = False
        for sk in _places(partition, request):
            if not is_meant(Against({"pk": {"S": pk}, "sk": {"S": sk}}, request)):
                if found:
                    break  # a condition on keys holds for a stretch of them
                continue
            if len(found) == limit:
                more = True
                break
            found.append(sk)
        page = [marshal.loads(partition[sk]) for sk in found]
        if "FilterExpression" in request:
            passes = condition(request["FilterExpression"])
            page = [one for one in page if passes(Against(one, request))]
        answer: JsonObject = {"Items": page}
        if more:
            answer["LastEvaluatedKey"] = {"pk": {"S": pk}, "sk": {"S": found[-1]}}
        return answer

    def batch_get_item(self, RequestItems: JsonObject) -> JsonObject:
        return {
            "Responses": {
                table: [
                    item for key in asked["Keys"] if (item := self._find(table, key)) is not None
                ]
                for table, asked in RequestItems.items()
            }
        }

    def batch_write_item(self, RequestItems: JsonObject) -> JsonObject:
        for table, writes in RequestItems.items():
            for write in writes:
                if "PutRequest" in write:
                    self._store(table, write["PutRequest"]["Item"])
                else:
                    self.delete_item(TableName=table, Key=write["DeleteRequest"]["Key"])
        return {}

    def transact_write_items(self, TransactItems: list[JsonObject]) -> None:
        whats = {"Put": self.put_item, "Update": self.update_item, "Delete": self.delete_item}
        reasons = []
        for one in TransactItems:
            ((_, request),) = one.items()
            try:
                self._check(request, request.get("Item", request.get("Key")))
                reasons.append({"Code": "None"})
            except self.exceptions.ConditionalCheckFailedException:
                reasons.append({"Code": "ConditionalCheckFailed"})
        if any(reason["Code"] != "None" for reason in reasons):
            error: Any = {"Error": {"Code": "Cancelled"}, "CancellationReasons": reasons}
            raise self.exceptions.TransactionCanceledException(error, "TransactWriteItems")
        for one in TransactItems:
            ((what, request),) = one.items()
            if what in whats:
                whats[what](**request)

    def _find(self, table: str, key: JsonObject) -> JsonObject | None:
        packed = self._tables[table].get(key["pk"]["S"], {}).get(key["sk"]["S"])
        return marshal.loads(packed) if packed is not None else None

    def _store(self, table: str, item: JsonObject) -> None:
        self._tables[table][item["pk"]["S"]][item["sk"]["S"]] = marshal.dumps(item)

    def _check(self, request: JsonObject, key: JsonObject) -> JsonObject:
        """The item as it stands."""
        item = self._find(request["TableName"], key) or {}
        wanted = request.get("ConditionExpression")
        if wanted and not condition(wanted)(Against(item, request)):
            error: Any = {"Error": {"Code": "ConditionalCheckFailed"}, "Item": item}
            raise self.exceptions.ConditionalCheckFailedException(error, "Write")
        return item


def _places(partition: SortedDict[str, bytes], request: JsonObject) -> Iterator[str]:
    """The keys at which a query may find something, in its order."""
    first, last = bounds(request)
    start = request.get("ExclusiveStartKey", {}).get("sk", {}).get("S")
    backwards = not request.get("ScanIndexForward", True)
    inclusive = (True, True)
    if start is not None:
        first, last = (first, start) if backwards else (start, last)
        inclusive = (True, False) if backwards else (False, True)
    places: Iterator[str] = partition.irange(first, last, inclusive, reverse=backwards)
    return places
