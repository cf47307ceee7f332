"""What is owed: open items, credit notes, write-offs, and the documents of invoices."""

from __future__ import annotations

from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.parts import grants
from infra.parts.api import Api
from infra.parts.foundation import Foundation
from infra.parts.function import Function
from kasstroom.settings import DOCUMENT_PREFIX, DocumentSettings, TableSettings


class Invoices(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, on: Foundation, api: Api, letters: s3.Bucket
    ) -> None:
        super().__init__(scope, id_)
        knows_table = TableSettings(table_name=on.table.table_name)
        invoices = Function(self, "invoices/api", on=on, settings=[knows_table])
        grants.books(invoices, on.table)
        api.serves(invoices, "/v1/invoices", "/v1/invoices/{proxy+}")

        documents = Function(
            self,
            "invoices/documents_api",
            on=on,
            settings=[knows_table, DocumentSettings(document_bucket=letters.bucket_name)],
        )
        grants.books(documents, on.table)
        grants.new_objects(documents, letters, DOCUMENT_PREFIX)
        grants.read_objects(documents, letters, DOCUMENT_PREFIX)
        api.serves(documents, "/v1/invoices/{number}/document")
