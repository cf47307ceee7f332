"""What every capability stands on."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb

from infra.environments import Environment
from infra.parts.alarms import Watch
from infra.parts.layers import Layers


@dataclass(frozen=True)
class Foundation:
    """`layers` are the stack's own: an exported layer could never get a new version."""

    environment: Environment
    table: dynamodb.TableV2
    layers: Layers
    watch: Watch
