"""What every suite shares: fake AWS credentials and the table as its own template describes it."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "tests")
os.environ.setdefault("POWERTOOLS_METRICS_DISABLED", "true")
os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "ERROR")

from botocore.loaders import JSONFileLoader  # noqa: E402

from tests.tables import create_table  # noqa: E402

_READ: dict[str, object] = {}
_load_file = JSONFileLoader.load_file


def _once(self: JSONFileLoader, path: str) -> object:
    """A service's description read from disk once per run: every test makes its own clients, and
    reading these files was a fifth of all the time."""
    if path not in _READ:
        _READ[path] = _load_file(self, path)
    return _READ[path]


JSONFileLoader.load_file = _once


@pytest.fixture
def aws(monkeypatch):
    """A mocked AWS account; nothing made before it is remembered inside."""
    from moto import mock_aws

    from kasstroom_aws import books, cached, clients, live

    with mock_aws():
        clients.client.cache_clear()
        books._item_model.cache_clear()
        books._connection.cache_clear()
        cached._known.clear()
        live._known.clear()
        yield
    clients.client.cache_clear()


@pytest.fixture
def atomic(aws, monkeypatch):
    """A request at a time, whole: DynamoDB's conditions hold among threads, moto's do not."""
    import threading

    from botocore.client import BaseClient

    lock, call = threading.RLock(), BaseClient._make_api_call

    def one(self, operation, parameters):
        with lock:
            return call(self, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", one)


@pytest.fixture
def books(aws):
    from kasstroom.settings import TableSettings
    from kasstroom_aws.books import BooksTable

    create_table("books")
    return BooksTable(TableSettings("books"))
