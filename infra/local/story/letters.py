"""Scene: the fourteen-day letter on paper. Printed in the evening, and its term runs from the day
it was posted."""

from __future__ import annotations

import re
from typing import Any

from infra.local.place import ROOT
from infra.local.story.households import ALL_THE_WAY
from infra.local.story.stage import Stage
from infra.local.story.written import written

EVENING = (2026, 10, 7, 18, 30)
POSTED = (2026, 10, 8, 17)
POSTED_ON = "2026-10-08"
FILE = "fourteen-day-letter.pdf"


def play(stage: Stage, moment: tuple[int, ...]) -> dict[str, Any]:
    written(stage, moment, "Three weeks late: what the law asks for before costs may be charged")
    stage.at(*EVENING)
    closed = stage.environment.invoke("messages/close_print_batch")
    carla = stage.as_person("carla")
    batch = list(carla.every("/v1/letter-batches"))[-1]
    stage.expect(batch["state"] == "closed", f"The batch of {batch['day']} is {batch['state']}.")
    stage.say.done(
        f"The letters of the day for the printer: {closed['letters']} letters,"
        f" {batch['pages']} pages in one PDF, with a list and a manifest"
    )
    mine = _letter_of(stage, carla, batch["id"])
    pdf = _downloaded(stage, mine["url"])
    kept = stage.papers / FILE
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pdf)
    shown = kept.relative_to(ROOT) if kept.is_relative_to(ROOT) else kept
    stage.say.done(f"The fourteen-day letter to {ALL_THE_WAY['name']}: {len(pdf):,} bytes, {shown}")
    stage.at(*POSTED)
    posted = carla.post(f"/v1/letter-batches/{batch['id']}/posted", {"posted_on": POSTED_ON})
    stage.expect(posted["state"] == "posted", f"The batch is {posted['state']}, not posted.")
    stage.say.done(f"Carla brings them to the post: the term runs from {posted['posted_on']}")
    return {
        "pdf_bytes": len(pdf),
        "letters": batch["letters"],
        "costs": announced(stage, ALL_THE_WAY["number"]),
        "posted_on": posted["posted_on"],
    }


def announced(stage: Stage, number: str) -> str:
    """The costs that the letter to this customer announces: what the law's own calculator says."""
    (demand,) = [one.demand for one in stage.case_of(number).letters]
    return demand.total_costs.value


def _letter_of(stage: Stage, carla: Any, batch: str) -> dict[str, Any]:
    found = list(carla.every(f"/v1/letter-batches/{batch}/letters"))
    mine = [one for one in found if one["debtor"] == ALL_THE_WAY["number"]]
    stage.expect(len(mine) == 1, f"{len(mine)} letters to {ALL_THE_WAY['name']} in the batch.")
    return mine[0]


def _downloaded(stage: Stage, url: str) -> bytes:
    """Through the link of some minutes, as the printer does."""
    answer = stage.environment.suite().call("GET", url)
    stage.expect(answer.status == 200, f"The link to the letter answered {answer.status}.")
    stage.expect(bool(re.match(rb"%PDF-1\.\d", answer.body)), "The letter is not a PDF.")
    return answer.body
