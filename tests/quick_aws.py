"""The fake AWS without its waste: it answers the same, and does once what it did twice."""

from __future__ import annotations

import copy
import copyreg
import pickle
import threading
from functools import cache
from types import SimpleNamespace
from typing import Any

from botocore.loaders import JSONFileLoader


def read_descriptions_once() -> None:
    """A service's description read from disk once per run: every test makes its own clients, and
    reading these files was a fifth of all the time."""
    load, read = JSONFileLoader.load_file, {}

    def once(self: JSONFileLoader, path: str) -> object:
        if path not in read:
            read[path] = load(self, path)
        return read[path]

    JSONFileLoader.load_file = once


def copy_tables_once() -> None:
    """For every item of a transaction moto copies the whole table, with all its stream has told, to
    put it back when the transaction fails. It changes nothing in between, so one copy will do; and
    what a stream has told never changes. This too was a fifth of all the time."""
    from moto.core import responses
    from moto.dynamodb import models
    from moto.dynamodb.models.table import StreamRecord, Table

    transact, copied = models.DynamoDBBackend.transact_write_items, threading.local()

    def transact_with_one_copy(self: Any, items: list[dict[str, Any]]) -> None:
        copied.tables = {}
        try:
            transact(self, items)
        finally:
            del copied.tables

    def deepcopy(value: Any) -> Any:
        tables = getattr(copied, "tables", None)
        if tables is None or not isinstance(value, Table):
            return copy.deepcopy(value)
        if id(value) not in tables:
            tables[id(value)] = copy.deepcopy(value)
        return tables[id(value)]

    models.DynamoDBBackend.transact_write_items = transact_with_one_copy
    models.copy = SimpleNamespace(deepcopy=deepcopy)
    StreamRecord.__deepcopy__ = lambda self, memo: self
    responses.method_names_from_class = cache(responses.method_names_from_class)


# A queue holds one to guard its messages; a copy of the queue has its own.
copyreg.pickle(threading.Condition, lambda _: (threading.Condition, ()))


class Photograph:
    """What stands in the mocked account, to put back into an empty one: the way it was made is the
    same every time, and takes longer than most tests."""

    def __init__(self) -> None:
        from moto.core.base_backend import BackendDict

        standing = {
            (service.service_name, account, region): backend
            for service in BackendDict._instances
            for account, region, backend in service.iter_backends()
        }
        self._standing = pickle.dumps(standing)

    def put_back(self) -> None:
        from moto.backends import get_backend

        for (service, account, region), backend in pickle.loads(self._standing).items():
            get_backend(service)[account][region] = backend
