"""Rules of the house that a tool can check."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from infra.schemas import PUBLISHED, documents, text_of
from kasstroom.events import catalogue

ROOT = Path(__file__).parents[2]
HANDLERS = sorted((ROOT / "functions").glob("*/*/handler.py"))
DOCUMENTS = documents()
BANNED_NAMES = {"utils", "helpers", "common", "manager", "base"}


def test_imports_point_inward():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_style_checker_is_content():
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run([ruff, "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", sorted(DOCUMENTS), ids=lambda p: p.name)
def test_what_is_generated_is_up_to_date(path):
    assert path.exists(), f"run `make schemas`: {path.name} is missing"
    assert path.read_text() == text_of(DOCUMENTS[path]), f"run `make schemas`: {path.name}"


def test_every_published_file_belongs_to_an_event():
    known = {f"{e.TYPE}.v{e.VERSION}" for e in catalogue()}
    written = {p.name.removesuffix(".json").removesuffix(".schema") for p in PUBLISHED.glob("*")}
    assert written == known


def test_every_event_stands_in_the_catalogue():
    listed = (ROOT / "events" / "README.md").read_text()
    missing = [event.TYPE for event in catalogue() if f"`{event.TYPE}`" not in listed]
    assert missing == []


def test_within_a_version_no_field_is_lost_or_retyped():
    """Compared with what the last commit published."""
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "HEAD", "events/published"],
        cwd=ROOT, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    for name in (n for n in listed if n.endswith(".schema.json")):
        shown = subprocess.run(
            ["git", "show", f"HEAD:{name}"], cwd=ROOT, capture_output=True, text=True
        )
        before = json.loads(shown.stdout)["properties"]["data"]["properties"]
        after = json.loads((ROOT / name).read_text())["properties"]["data"]["properties"]
        kept = {field: after.get(field) for field in before}
        assert kept == before, f"{name} lost or retyped a field: raise the event's VERSION"


def test_samples_fit_their_schemas():
    import jsonschema

    for event in catalogue():
        base = PUBLISHED / f"{event.TYPE}.v{event.VERSION}"
        schema = json.loads(base.with_name(base.name + ".schema.json").read_text())
        sample = json.loads(base.with_name(base.name + ".json").read_text())
        jsonschema.validate(sample, schema)


FORBIDDEN = {
    "credit/api": {"boto3", "stripe", "mollie", "lxml", "jinja2", "pyarrow", "requests"},
    "access/authorize_key": {"boto3", "stripe", "mollie", "lxml", "jinja2", "pyarrow"},
    "invoices/api": {"stripe", "mollie", "lxml", "jinja2", "pyarrow"},
    "dunning/plan_reminders": {"stripe", "mollie", "lxml", "jinja2", "pyarrow"},
    "dunning/send_reminder": {"stripe", "mollie", "lxml", "pyarrow"},
    "payments/mollie_webhook": {"stripe", "mollie", "lxml", "jinja2", "pyarrow"},
    "payments/pay_page": {"stripe", "lxml", "pyarrow"},
    "payments/record_payment": {"stripe", "lxml", "jinja2", "pyarrow"},
}


@pytest.mark.parametrize("function", sorted(FORBIDDEN))
def test_a_handler_imports_no_more_than_it_needs(function):
    module = f"functions.{function.replace('/', '.')}.handler"
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & FORBIDDEN[function]


# Each handler in a process of its own that has loaded nothing of ours yet, only what others wrote.
IMPORT_EACH = """
import os, sys, traceback
import aws_lambda_powertools.event_handler.openapi.params, jinja2, pynamodb.models
assert not any(name.split(".")[0].startswith("kasstroom") for name in sys.modules)
for module in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            __import__(module)
        except BaseException:
            print(module, traceback.format_exc()[-2000:], flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(module, "did not end well", flush=True)
"""


def test_importing_a_handler_reads_no_environment_and_makes_no_client():
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in HANDLERS]
    bare = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={sys.pycache_prefix}", "-c", IMPORT_EACH, *modules],
        cwd=ROOT, env=bare, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


def test_no_file_is_called_after_nothing():
    files = (p for top in ("layers", "functions", "infra") for p in (ROOT / top).rglob("*.py"))
    assert [p for p in files if p.stem in BANNED_NAMES] == []


def test_handlers_and_adapters_swallow_no_error():
    """`except Exception` without raising hides bugs; only a page of last resort may show one."""
    allowed = {"web.py"}
    for top in ("functions", "layers"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ExceptHandler) and path.name not in allowed:
                    if any(isinstance(inner, ast.Raise) for inner in ast.walk(node)):
                        continue
                    name = getattr(node.type, "id", "")
                    assert node.type is not None and name not in ("Exception", "BaseException"), (
                        f"{path.relative_to(ROOT)}:{node.lineno}"
                    )
