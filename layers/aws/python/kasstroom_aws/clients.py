"""AWS clients, made on first use and kept for the life of the process."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def client(service: str) -> Any:
    """A boto3 client with short time-outs and two retries; boto3 is imported here only."""
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 3})
    return boto3.client(service, config=config)
