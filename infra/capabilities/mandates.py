"""Collecting by SEPA direct debit: mandates, collections, and the file for the bank."""

from __future__ import annotations

from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import COLLECTION_PREFIX, TableSettings, UploadSettings


class Mandates(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, uploads: s3.Bucket
    ) -> None:
        super().__init__(scope, id_)
        mandates = Function(
            self,
            "mandates/api",
            on=on,
            settings=[
                TableSettings(table_name=on.table.table_name),
                UploadSettings(upload_bucket=uploads.bucket_name),
            ],
            layers=["documents"],
            memory_mb=1024,
        )
        grants.books(mandates, on.table)
        grants.objects(mandates, uploads, COLLECTION_PREFIX)
        for resource in ("mandates", "collections"):
            api.serves(mandates, f"/v1/{resource}", f"/v1/{resource}/{{proxy+}}")
