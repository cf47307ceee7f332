"""Our layers: a folder of layers/ with the third-party packages its lock names, built without
Docker and kept, so that an unchanged layer is never built twice."""

from __future__ import annotations

import hashlib
import py_compile
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from aws_cdk import Stack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.environments import ROOT, Environment, Target
from kasstroom.organisations.model import Language

RUNTIME = lambda_.Runtime.PYTHON_3_13

# botocore describes some 400 services (30 MB); a cold start unpacks only those we call.
AWS_SERVICES = (
    "athena dynamodb dynamodbstreams events glue lambda pinpoint-sms-voice-v2 s3 secretsmanager"
    " sesv2 sns socialmessaging sqs sts"
).split()
LANGUAGES = tuple(Language)
# Parts of packages that nothing of ours loads: Arrow's network protocol alone is 30 MB.
_FONTS = "font_source_sans_pro/files"
UNUSED = (
    *("pyarrow/*flight*", "pyarrow/src", "pyarrow/libarrow_python.so.*.*.*"),
    *(f"{_FONTS}/{cut}" for cut in ("*.otf", "*It.ttf", "*Light.ttf", "*Black.ttf", "*-Bold.ttf")),
)
BUILDS_KEPT = 6
NEVER_SHIPPED = ("tests", "test", "__pycache__", "include", "bin", "examples")


class Layers(Construct):
    """Built when a function first asks for one; every function has `core` and `aws`."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_)
        self._environment = environment
        self._built: dict[str, lambda_.LayerVersion] = {}

    def named(self, *names: str) -> list[lambda_.ILayerVersion]:
        return [self._layer(name) for name in ("core", "aws", *names)]

    def _layer(self, name: str) -> lambda_.LayerVersion:
        if name not in self._built:
            self._built[name] = lambda_.LayerVersion(
                self,
                name,
                layer_version_name=f"{self._environment.prefix}-{name}",
                compatible_runtimes=[RUNTIME],
                code=self._code(name),
            )
        return self._built[name]

    def _code(self, name: str) -> lambda_.Code:
        target = self._environment.target
        fingerprint = digest(name, target)
        # `cdk ls` and the template tests need no packages: then the source stands in.
        folder = ROOT / "layers" / name
        if Stack.of(self).bundling_required:
            folder = build(name, target, self._environment.layers_dir / f"{name}-{fingerprint}")
        return lambda_.Code.from_asset(str(folder), asset_hash=fingerprint)


def digest(name: str, target: Target) -> str:
    """Changes when the lock, our own code, the target or this recipe changes."""
    seen = hashlib.sha256(f"{name} {target}".encode())
    for file in [Path(__file__), *_sources(ROOT / "layers" / name)]:
        seen.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return seen.hexdigest()[:32]


def build(name: str, target: Target, output: Path) -> Path:
    """The layer's folder, ready to be zipped: made beside its place and moved when complete."""
    if output.exists():
        return output
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
        python = Path(scratch, "layer", "python")
        python.mkdir(parents=True)
        lock = ROOT / "layers" / name / "requirements.lock"
        if lock.exists():
            _install(lock, target, python)
            _trim(python)
        source = ROOT / "layers" / name / "python"
        shutil.copytree(
            source, python, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
        if not target.platform:
            _compile(python)
        python.parent.rename(output)
    _forget_old(output, name)
    return output


def _forget_old(newest: Path, name: str) -> None:
    """Earlier builds are kept a while, for going back and for the other target."""
    builds = sorted(newest.parent.glob(f"{name}-*"), key=lambda f: f.stat().st_mtime, reverse=True)
    for old in builds[BUILDS_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _sources(folder: Path) -> list[Path]:
    files = (f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return sorted(files)


def _install(lock: Path, target: Target, output: Path) -> None:
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else "uv"
    where = ["--python-version", target.python, "--python", sys.executable]
    if target.platform:
        where += ["--python-platform", target.platform]
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(lock)]
        + ["--only-binary", ":all:", "--link-mode", "copy", "--target", str(output), *where],
        check=True,
    )


def _compile(python: Path) -> None:
    """For this very interpreter: the embedded AWS lays a layer out anew for each of some hundred
    functions, and each would compile it again at its cold start. Nothing is compared with the
    source: a build never changes."""
    for source in python.rglob("*.py"):
        kept = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
        unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(source), str(kept), invalidation_mode=unchecked, quiet=2)


def _trim(python: Path) -> None:
    for folder in [f for f in python.rglob("*") if f.is_dir() and f.name in NEVER_SHIPPED]:
        shutil.rmtree(folder, ignore_errors=True)
    for unused in [f for pattern in UNUSED for f in python.glob(pattern)]:
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink()
    data = python / "botocore" / "data"
    for folder in data.iterdir() if data.exists() else ():
        if folder.is_dir() and folder.name not in AWS_SERVICES:
            shutil.rmtree(folder)
    # Babel knows a thousand locales (30 MB); a debtor can be written to in these.
    for locale in (python / "babel" / "locale-data").glob("*.dat"):
        if locale.stem.partition("_")[0] not in ("root", *LANGUAGES):
            locale.unlink()
