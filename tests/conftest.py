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

from tests.tables import create_table  # noqa: E402


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
def books(aws):
    from kasstroom.settings import TableSettings
    from kasstroom_aws.books import BooksTable

    create_table("books")
    return BooksTable(TableSettings("books"))
