"""Nothing that tells who a natural person is reaches the lake, in any file of any table."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from kasstroom.debtors.model import Debtor, DebtorKind
from kasstroom.reports.lake import BANK_LINES, DEBTORS, PHOTOGRAPHED, UNMATCHED_MONEY
from kasstroom.reports.lake.asking import Ground, export_whole
from kasstroom.reports.lake.names import LakeKey, Names
from kasstroom_analytics.lake import S3Lake
from tests.lake_folder import FolderS3
from tests.lake_kept import KeptLake, photographed
from tests.lake_world import NOW, SECRETS, LakeWorld
from tests.memory_books import MemoryBooks
from tests.memory_figures import MemoryFigures


class _Catalogue:
    def batch_create_partition(self, **asked: Any) -> dict[str, Any]:
        return {}


def exported(folder: Path, books: MemoryBooks) -> dict[str, str]:
    """The text of every file that was written, by its key."""
    sink = S3Lake("lake", "kasstroom", FolderS3(folder), _Catalogue())
    runs = KeptLake()
    export_whole(Ground(books, MemoryFigures(), sink, runs, runs), NOW)
    return {str(p.relative_to(folder)): _text(p) for p in folder.rglob("*.*") if p.is_file()}


def _text(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text()
    table = parquet.ParquetFile(path)
    return json.dumps(table.read().to_pylist(), default=str) + str(table.metadata.metadata)


@pytest.fixture(scope="module")
def world() -> LakeWorld:
    return LakeWorld(5, debtors=40)


@pytest.fixture(scope="module")
def files(world: LakeWorld, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return exported(tmp_path_factory.mktemp("lake"), world.books())


@pytest.mark.parametrize("secret", SECRETS)
def test_no_file_holds_it(files: dict[str, str], secret: str) -> None:
    assert len(files) > 20
    assert [key for key, text in files.items() if secret.lower() in text.lower()] == []


def test_every_table_was_looked_at(files: dict[str, str]) -> None:
    looked = {key.split("/")[1] for key in files if key.startswith("lake/")}
    assert looked >= {table.name for table in PHOTOGRAPHED} - {"covers"}


def test_the_number_of_a_person_is_nowhere_and_that_of_a_company_is(world, files) -> None:
    debtors = [e for e in world.entities if isinstance(e, Debtor) and e.org == "acme"]
    acme = " ".join(text for key, text in files.items() if "org=acme" in key or "/acme/" in key)
    for debtor in debtors:
        if debtor.kind is not DebtorKind.COMPANY:
            assert f'"{debtor.number}"' not in acme
    companies = [d for d in debtors if d.kind is DebtorKind.COMPANY]
    assert any(f'"{d.number}"' in acme and d.name in acme for d in companies)


def test_a_debtor_that_is_gone_from_the_books_is_gone_from_the_next_photograph(world) -> None:
    books, first, second = world.books(), KeptLake(), KeptLake()
    photographed(books, first)
    key = books.find(LakeKey, "acme")
    number = next(d.number for d in world.entities if isinstance(d, Debtor) and d.org == "acme")
    gone = Names(books).token("acme", number)
    assert gone in {row["token"] for row in first.rows(DEBTORS, "acme")}
    books._items = {k: item for k, item in books._items.items() if k[0] != f"D#acme#{number}"}
    photographed(books, second)
    assert books.find(LakeKey, "acme") == key
    of_debtors = (table for table in PHOTOGRAPHED if table not in (BANK_LINES, UNMATCHED_MONEY))
    left = str([second.rows(table, "acme") for table in of_debtors])
    assert gone not in left and f"'{number}'" not in left


def test_tokens_are_the_same_every_night_and_different_in_every_organisation(world) -> None:
    books = world.books()
    nights = []
    for _ in range(2):
        kept = KeptLake()
        photographed(books, kept)
        orgs = ("acme", "borg")
        nights.append({org: {r["token"] for r in kept.rows(DEBTORS, org)} for org in orgs})
    assert nights[0] == nights[1]
    assert not nights[0]["acme"] & nights[0]["borg"]
