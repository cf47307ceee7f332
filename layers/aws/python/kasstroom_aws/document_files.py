"""The documents of invoices in S3."""

from __future__ import annotations

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from kasstroom.invoices.documents import LARGEST_BYTES, media_type_of
from kasstroom.invoices.model import InvoiceDocument
from kasstroom.settings import DocumentSettings
from kasstroom_aws.clients import client
from kasstroom_aws.refusals import told_apart

URL_SECONDS = 900
logger = Logger(child=True)


class DocumentBucket:
    """`kasstroom.invoices.documents.Documents` on S3."""

    def __init__(self, settings: DocumentSettings) -> None:
        self._bucket = settings.document_bucket

    def put(self, key: str, document: InvoiceDocument) -> None:
        where = {"Bucket": self._bucket, "Key": key}
        with told_apart(frozenset()):
            client("s3").put_object(
                **where, Body=document.content, ContentType=document.media_type.value
            )

    def find(self, key: str) -> InvoiceDocument | None:
        """One attempt and no error: whoever waits for it sends a reminder, with or without."""
        try:
            found = client("s3", attempts=1).get_object(Bucket=self._bucket, Key=key)
            if found["ContentLength"] > LARGEST_BYTES:
                return None
            return InvoiceDocument(media_type_of(key), found["Body"].read())
        except (ClientError, BotoCoreError) as error:
            logger.warning("a document cannot be read", extra={"error": type(error).__name__})
            return None

    def download_url(self, key: str) -> str:
        where = {"Bucket": self._bucket, "Key": key}
        return client("s3").generate_presigned_url("get_object", where, URL_SECONDS)
