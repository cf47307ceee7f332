"""The charts library, read once per process from our own bucket, where the deployment laid it."""

from __future__ import annotations

from functools import cache

from kasstroom.settings import ChartSettings
from kasstroom_aws.clients import client


@cache
def chart_library(settings: ChartSettings) -> bytes:
    found = client("s3").get_object(Bucket=settings.chart_bucket, Key=settings.chart_key)
    return found["Body"].read()
