"""A layer is what its lock and our source say, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3

from infra.app import check
from infra.environments import LAMBDA_ARM, ROOT, THIS_MACHINE
from infra.parts import layers

CLIENT = re.compile(r"client\(\s*[\"']([a-z0-9-]+)[\"']")


def test_every_aws_service_our_code_calls_is_in_the_layer():
    sources = [*(ROOT / "layers").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]
    called = {name for source in sources for name in CLIENT.findall(source.read_text())}
    assert called
    assert called <= set(layers.AWS_SERVICES)


def test_a_layer_s_fingerprint_tells_targets_apart():
    assert layers.digest("aws", LAMBDA_ARM) != layers.digest("aws", THIS_MACHINE)
    assert layers.digest("aws", LAMBDA_ARM) == layers.digest("aws", LAMBDA_ARM)


def test_a_layer_s_fingerprint_follows_its_files(tmp_path, monkeypatch):
    monkeypatch.setattr(layers, "ROOT", tmp_path)
    monkeypatch.setattr(layers, "__file__", str(tmp_path / "recipe.py"))
    (tmp_path / "recipe.py").write_text("")
    source = tmp_path / "layers" / "core" / "python" / "x.py"
    source.parent.mkdir(parents=True)
    source.write_text("a = 1")
    before = layers.digest("core", LAMBDA_ARM)
    source.write_text("a = 2")
    assert layers.digest("core", LAMBDA_ARM) != before


def test_our_own_code_goes_in_as_it_stands(tmp_path):
    built = layers.build("core", LAMBDA_ARM, tmp_path / "core")
    money = built / "python" / "kasstroom" / "money.py"
    assert money.read_text() == (ROOT / "layers/core/python/kasstroom/money.py").read_text()
    assert not list(built.rglob("__pycache__"))


def test_for_this_machine_it_is_compiled_and_runs_from_what_was_compiled(tmp_path):
    built = layers.build("core", THIS_MACHINE, tmp_path / "core") / "python"
    (built / "kasstroom" / "money.py").write_text("raise SystemExit('compiled again')")
    code = "import kasstroom.money; print(kasstroom.money.__cached__)"
    bare = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(built)}
    said = subprocess.check_output([sys.executable, "-c", code], env=bare, text=True)
    assert said.startswith(str(built))


def test_a_layer_that_was_built_is_not_built_again(tmp_path):
    built = layers.build("core", LAMBDA_ARM, tmp_path / "core")
    (built / "mark").touch()
    assert (layers.build("core", LAMBDA_ARM, tmp_path / "core") / "mark").exists()


def test_the_checklist_stops_what_has_no_reason(tmp_path):
    app = cdk.App(outdir=str(tmp_path))
    s3.Bucket(cdk.Stack(app, "careless"), "open")
    check(app)
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        app.synth()
