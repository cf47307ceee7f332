"""Scene: the open items of the wholesaler's own system come in, as a list and as e-invoices."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from infra.local.story.stage import Stage, amount

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
AS_IT_IS = "application/octet-stream"
"""A list from an older system is often windows-1252, which an HTTP API cannot carry as text."""
ONE_BY_ONE = {
    "number": "2026-0720",
    "debtor": "10005",
    "issued_on": "2026-08-28",
    "due_on": "2026-09-27",
    "amount": {"value": "242.00", "currency": "EUR"},
}


def play(stage: Stage) -> None:
    stage.say.scene("Open items come in")
    listed = (SAMPLES / "openstaande-posten.csv").read_bytes()
    stage.imports.append(hand_in(stage, "openstaande-posten.csv", listed))
    stage.imports.append(hand_in(stage, "facturen.zip", _zipped(SAMPLES / "ubl")))
    booked = stage.suite.post("/v1/invoices", ONE_BY_ONE)
    stage.say.done(f"Invoice {booked['number']} of {amount(booked['amount'])}, one by one")


def _zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.glob("*.xml")):
            archive.write(file, file.name)
    return packed.getvalue()


def hand_in(stage: Stage, name: str, content: bytes) -> str:
    """Hands a file in, waits until it is worked on, and tells what became of it; its id."""
    started = stage.suite.post(
        f"/v1/imports?filename={name}", content, headers={"Content-Type": AS_IT_IS}
    )
    stage.say.step(f"{name}: {len(content):,} bytes handed in")
    done = stage.until(f"the import of {name}", lambda: _finished(stage, started["id"]))
    stage.expect(done["state"] == "completed", f"The import of {name} failed: {done}.")
    stage.say.done(
        f"{name}: {done['ok']} booked, {done['duplicates']} there already, "
        f"{done['failed']} to put right"
    )
    _show(stage, done["results"])
    return started["id"]


def _finished(stage: Stage, id: str) -> dict[str, Any] | None:
    found = stage.suite.get(f"/v1/imports/{id}")
    return found if found["state"] in ("completed", "failed") else None


def _show(stage: Stage, results: list[dict[str, Any]]) -> None:
    """Every row that needs a person, and how many there are of the others."""
    for row in results:
        if row["status"] != "ok":
            mark = stage.say.paint(row["status"], "yellow")
            stage.say.step(f"    {row['position']}: {mark}, {row['reason']}")
    debtors = Counter(r["debtor"] for r in results if r["status"] == "ok" and r["debtor"])
    if debtors:
        stage.say.note(f"    {len(debtors)} customers: {', '.join(sorted(debtors))}")
