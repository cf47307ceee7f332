"""What every suite shares: fake AWS credentials and the table as its own template describes it."""

from __future__ import annotations

import os
import sys
from functools import cache, partial
from pathlib import Path

import pytest

# Whatever the shell says about compiled code, the many processes of a run share it, out of the way.
sys.dont_write_bytecode = False
sys.pycache_prefix = str(Path(__file__).parents[1] / ".local" / "pycache")
os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "tests")
os.environ.setdefault("POWERTOOLS_METRICS_DISABLED", "true")
os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "ERROR")

from tests.quick_aws import copy_tables_once, read_descriptions_once  # noqa: E402
from tests.synthesised import synthesised  # noqa: E402
from tests.tables import create_table  # noqa: E402

read_descriptions_once()


@pytest.fixture(scope="session")
def mocked():
    """What makes an account. moto answers the clients that were made after it was loaded, so what
    was made before is forgotten. Clients know nothing of an account and cost more than most tests:
    from here on they are kept, and the session they come from too."""
    from moto import mock_aws

    from kasstroom_aws import books, clients

    copy_tables_once()
    for kept in (clients.client, books._item_model, books._connection):
        kept.cache_clear()
    return partial(mock_aws, config={"core": {"reset_boto3_session": False}})


@pytest.fixture
def aws(mocked):
    """A mocked AWS account; nothing read before it is remembered inside."""
    from kasstroom_aws import cached, live

    with mocked():
        cached._known.clear()
        live._known.clear()
        yield


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


@pytest.fixture(scope="session")
def templates(tmp_path_factory, worker_id):
    """The templates of an environment by role of the stack, as AWS would receive them."""
    own = tmp_path_factory.getbasetemp()
    return cache(partial(synthesised, own if worker_id == "master" else own.parent))
