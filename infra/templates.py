"""An environment's templates as AWS would receive them: without an account, a network or a build.

For tests, and for whoever wants to read what would be deployed.
"""

from __future__ import annotations

import json
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import aws_cdk as cdk

from infra.app import build, check, chosen
from infra.environments import ROOT

Template = dict[str, Any]
NO_BUILD = {"aws:cdk:bundling-stacks": []}


def app(environment: str, folder: str, **context: str) -> cdk.App:
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    said = {**flags, **NO_BUILD, "environment": environment, **context}
    return cdk.App(context=said, outdir=folder)


@cache
def templates(environment: str, **context: str) -> dict[str, Template]:
    """By role of the stack; what is meant for AWS has passed the checklist. `context` is what
    `-c key=value` says on the command line."""
    with TemporaryDirectory() as folder:
        kasstroom = app(environment, folder, **context)
        stacks = build(kasstroom)
        if chosen(kasstroom).tls_only:
            check(kasstroom)
        assembly = kasstroom.synth()
        return {
            role: assembly.get_stack_by_name(stack.stack_name).template
            for role, stack in stacks.items()
        }
