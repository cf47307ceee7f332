"""Letters for the printer: a batch each evening, and the day it was posted."""

from __future__ import annotations

from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.parts import grants, schedule
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import LETTER_PREFIX, LetterSettings, TableSettings

CLOSE_SECONDS = 900
"""Some ten milliseconds for a letter to enter its batch, and as much to read its file."""


class Letters(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, letters: s3.Bucket
    ) -> None:
        super().__init__(scope, id_)
        told = [
            TableSettings(table_name=on.table.table_name),
            LetterSettings(letter_bucket=letters.bucket_name),
        ]
        close = Function(
            self,
            "messages/close_print_batch",
            on=on,
            settings=told,
            layers=["letters"],
            timeout_seconds=CLOSE_SECONDS,
            memory_mb=2048,
        )
        grants.books(close, on.table)
        grants.due_work(close, on.table)
        grants.objects(close, letters, LETTER_PREFIX)
        schedule.run(self, "evening", close, schedule.each_evening(on.environment))

        batches = Function(self, "messages/letters_api", on=on, settings=told, memory_mb=1024)
        grants.books(batches, on.table)
        grants.read_objects(batches, letters, LETTER_PREFIX)
        api.serves(batches, "/v1/letter-batches", "/v1/letter-batches/{proxy+}")
