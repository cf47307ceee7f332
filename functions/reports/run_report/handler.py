"""A report run from the queue: its file made and laid down, and sent to who is to have it."""

from __future__ import annotations

from functools import cache
from typing import Any

from kasstroom.reports.csv_file import write_csv
from kasstroom.reports.delivering.making import Press, work_off
from kasstroom.reports.json_file import write_json
from kasstroom.reports.shape import Format
from kasstroom.settings import EmailSettings, FigureSettings, ReportFileSettings
from kasstroom_aws.channels.email import EmailChannel
from kasstroom_aws.deployment import books, now
from kasstroom_aws.entrypoints import count, sqs
from kasstroom_aws.report_answers import sources_on
from kasstroom_aws.report_files import ReportBucket
from kasstroom_letters.pack import write_pack
from kasstroom_sheets.workbook import write_workbook

WRITERS = {
    Format.JSON: write_json,
    Format.CSV: write_csv,
    Format.XLSX: write_workbook,
    Format.PDF: write_pack,
}


@cache
def press() -> Press:
    files = ReportBucket(ReportFileSettings.from_env())
    sources = sources_on(books(), FigureSettings.from_env())
    return Press(sources, WRITERS, files, EmailChannel(EmailSettings.from_env()), now)


def handle(job: dict[str, Any]) -> None:
    state = work_off(press(), job["org"], job["run"])
    count(f"ReportRun_{state}")


handler = sqs(handle)
