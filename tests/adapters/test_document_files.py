"""The documents of invoices in S3: a missing one is nothing, a refused one is told."""

from __future__ import annotations

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError

from kasstroom.errors import Unavailable
from kasstroom.invoices.documents import LARGEST_BYTES
from kasstroom.invoices.model import InvoiceDocument, MediaType
from kasstroom.settings import DocumentSettings
from kasstroom_aws.document_files import DocumentBucket

KEY = "documents/vandijk/2026%2F42.pdf"
PDF = InvoiceDocument(MediaType.PDF, b"%PDF-1.7 %%EOF")


@pytest.fixture
def bucket(aws):
    where = {"LocationConstraint": "eu-west-1"}
    boto3.client("s3").create_bucket(Bucket="letters", CreateBucketConfiguration=where)
    return DocumentBucket(DocumentSettings("letters"))


def test_what_is_put_is_found_with_its_type(bucket):
    bucket.put(KEY, PDF)
    assert bucket.find(KEY) == PDF
    head = boto3.client("s3").head_object(Bucket="letters", Key=KEY)
    assert head["ContentType"] == "application/pdf"
    xml = InvoiceDocument(MediaType.XML, b"<a/>")
    bucket.put("documents/vandijk/1.xml", xml)
    assert bucket.find("documents/vandijk/1.xml") == xml
    assert "2026%252F42.pdf" in bucket.download_url(KEY)


def test_what_is_gone_or_grew_is_nothing(bucket):
    assert bucket.find(KEY) is None
    boto3.client("s3").put_object(Bucket="letters", Key=KEY, Body=b"x" * (LARGEST_BYTES + 1))
    assert bucket.find(KEY) is None


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {}}, "GetObject"),
        ReadTimeoutError(endpoint_url="https://s3"),
    ],
)
def test_what_cannot_be_read_now_is_nothing(bucket, monkeypatch, error):
    def fails(*args, **kwargs):
        raise error

    monkeypatch.setattr(BaseClient, "_make_api_call", fails)
    assert bucket.find(KEY) is None


def test_a_busy_store_is_tried_again_by_whoever_puts(bucket, monkeypatch):
    def busy(*args, **kwargs):
        answer = {"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
        raise ClientError(answer, "PutObject")

    monkeypatch.setattr(BaseClient, "_make_api_call", busy)
    with pytest.raises(Unavailable):
        bucket.put(KEY, PDF)
