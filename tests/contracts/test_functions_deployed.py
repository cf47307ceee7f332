"""Every folder of functions/ is deployed once, and the sandbox never leaves this machine."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from infra.environments import ROOT

FOLDERS = {f"{path.parts[-3]}/{path.parts[-2]}" for path in ROOT.glob("functions/*/*/handler.py")}
PRODUCT = {folder for folder in FOLDERS if not folder.startswith("sandbox/")}


def _deployed(stacks: dict[str, Any]) -> Counter[str]:
    return Counter(
        resource["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
        for template in stacks.values()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
    )


def test_there_are_functions_to_look_for():
    assert len(PRODUCT) >= 18
    assert FOLDERS - PRODUCT


def test_this_machine_has_every_function_once(templates):
    assert _deployed(templates("local")) == Counter(FOLDERS)


@pytest.mark.parametrize("environment", ["sandbox", "production"])
def test_aws_has_every_function_of_the_product_once_and_no_other(environment, templates):
    assert _deployed(templates(environment)) == Counter(PRODUCT)
