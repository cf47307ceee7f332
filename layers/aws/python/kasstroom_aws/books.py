"""The books in one DynamoDB table: reads by key, one transaction per decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

from kasstroom.changes import Changes, Reference, Work
from kasstroom.errors import Conflict, Duplicate, NotFound, Refused, Unavailable
from kasstroom.ports import DueItem
from kasstroom.settings import TableSettings
from kasstroom.time import iso
from kasstroom_aws import keys
from kasstroom_aws.items import class_of, key_of, kind_of
from kasstroom_aws.shapes import from_json
from kasstroom_aws.writing import check_of, outbox_of, put_of

T = TypeVar("T")
LARGEST_TRANSACTION = 100


class _DueIndex(GlobalSecondaryIndex):  # type: ignore[type-arg]
    class Meta:
        index_name = keys.DUE_INDEX
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True, attr_name=keys.DUE_PK)
    due_sk = UnicodeAttribute(range_key=True, attr_name=keys.DUE_SK)


@cache
def _item_model(name: str) -> type[Model]:
    """The item of one table; pynamodb fixes the table name when a class is made."""

    class Item(Model):
        class Meta:
            table_name = name

        pk = UnicodeAttribute(hash_key=True, attr_name=keys.PK)
        sk = UnicodeAttribute(range_key=True, attr_name=keys.SK)
        kind = UnicodeAttribute(attr_name=keys.KIND)
        version = NumberAttribute(attr_name=keys.VERSION, default=0)
        body = UnicodeAttribute(attr_name=keys.BODY)
        due_pk = UnicodeAttribute(attr_name=keys.DUE_PK, null=True)
        due_sk = UnicodeAttribute(attr_name=keys.DUE_SK, null=True)
        ttl = NumberAttribute(attr_name=keys.TTL, null=True)
        due_index = _DueIndex()

    return Item


@cache
def _connection() -> Connection:
    return Connection()


class BooksTable:
    """`kasstroom.ports.Books` on DynamoDB."""

    def __init__(self, settings: TableSettings) -> None:
        self._table = settings.table_name
        self._item = _item_model(settings.table_name)

    def find(self, kind: type[T], org: str, debtor: str = "", id: str = "") -> T | None:
        pk, sk = kind_of(kind).key(org, debtor, id)
        try:
            item = self._item.get(pk, sk, consistent_read=True)
        except self._item.DoesNotExist:
            return None
        except PynamoDBException as error:
            raise _unavailable(error) from error
        return from_json(kind, item.body)

    def get(self, kind: type[T], org: str, debtor: str = "", id: str = "") -> T:
        found = self.find(kind, org, debtor, id)
        if found is None:
            name = kind_of(kind).name
            raise NotFound(f"{name}_not_found", f"There is no {name.replace('_', ' ')} here.")
        return found

    def all_of(self, kind: type[T], org: str, debtor: str) -> list[T]:
        pk, sk = kind_of(kind).key(org, debtor, "")
        items = self._item.query(pk, self._item.sk.startswith(sk), consistent_read=True)
        return [from_json(kind, item.body) for item in items]

    def partition(self, org: str, debtor: str) -> list[Any]:
        """Everything about one debtor, in one query: the 360 view."""
        items = self._item.query(keys.debtor_pk(org, debtor), consistent_read=True)
        typed = ((class_of(item.kind), item.body) for item in items)
        return [from_json(cls, body) for cls, body in typed if cls]

    def listing(
        self, kind: type[T], org: str, part: str = "", *, after: str, limit: int
    ) -> list[T]:
        """Items of an organisation's list in the order of their ids, those above `after`."""
        pk, start = kind_of(kind).key(org, part, after)
        _, prefix = kind_of(kind).key(org, part, "")
        above = self._item.sk.between(f"{start}\x01" if after else prefix, f"{prefix}\x7f")
        return [from_json(kind, i.body) for i in self._item.query(pk, above, limit=limit)]

    def lookup(self, org: str, kind: str, value: str) -> Reference | None:
        return self.find(Reference, org, kind, value)

    def due(self, work: Work, until: datetime) -> Iterator[DueItem]:
        for shard in range(keys.DUE_SHARDS):
            index = self._item.due_index
            found = index.query(f"{work}#{shard:02d}", _DueIndex.due_sk <= iso(until))
            for item in found:
                org, _, debtor = item.pk.partition("#")[2].partition("#")
                at = datetime.fromisoformat(item.due_sk)
                yield DueItem(org, debtor, item.sk.partition("#")[2], at)

    def every(self, *kinds: type[Any], segment: int = 0, of: int = 1) -> Iterator[Any]:
        wanted = {kind_of(kind).name: kind for kind in kinds}
        part = {"segment": segment, "total_segments": of} if of > 1 else {}
        for item in self._item.scan(self._item.kind.is_in(*wanted), **part):
            yield from_json(wanted[item.kind], item.body)

    def commit(self, changes: Changes) -> None:
        puts = [(entity, True) for entity in changes.create]
        puts += [(entity, False) for entity in changes.update]
        size = len(puts) + len(changes.check) + len(changes.events)
        if size > LARGEST_TRANSACTION:
            raise Refused("too_many_changes", "This touches more items than one booking can hold.")
        try:
            _connection().transact_write_items(
                condition_check_items=[check_of(self._table, entity) for entity in changes.check],
                delete_items=(),
                put_items=[put_of(self._table, entity, is_new) for entity, is_new in puts]
                + [outbox_of(self._table, event) for event in changes.events],
                update_items=(),
            )
        except TransactWriteError as error:
            raise self._failure(error, changes, puts) from error
        except PynamoDBException as error:
            raise _unavailable(error) from error

    def _failure(self, error: TransactWriteError, changes: Changes, puts: list[Any]) -> Exception:
        reasons = error.cancellation_reasons
        if not reasons:
            return _unavailable(error)
        for (entity, is_new), reason in zip(puts, reasons[len(changes.check) :], strict=False):
            if reason and reason.code == "ConditionalCheckFailed" and is_new:
                return Exists(entity)
        codes = {reason.code for reason in reasons if reason}
        if codes <= {"ConditionalCheckFailed", "TransactionConflict", "None"}:
            return Conflict("changed_meanwhile", "Somebody else changed this first; try again.")
        return _unavailable(error)


class Exists(Duplicate):
    """A Duplicate of this very entity."""

    def __init__(self, entity: Any) -> None:
        name = kind_of(type(entity)).name
        super().__init__(f"{name}_exists", f"This {name.replace('_', ' ')} exists already.")
        self.place = key_of(entity)


def _unavailable(error: Exception) -> Unavailable:
    return Unavailable("books_unavailable", f"The books cannot be reached now ({error}).")
