"""The real `cdk deploy`, aimed at the embedded AWS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.local.embedded_aws import ACCOUNT, REGION, ROOT_KEY, aws_env
from infra.local.place import ROOT, NotReady, Place
from infra.local.ports import Ports
from infra.local.say import Say
from infra.local.stacks import all_there, fingerprint

CDK = ROOT / "node_modules" / ".bin" / "cdk"
BOOTSTRAP_STACK = "CDKToolkit"
ASSET_BUCKET = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
EMAIL_DOMAIN = "vandijk.example"
"""Where the demo's organisation writes from; the stack makes it an identity of its own."""
LAST_LINES = 25


def client(service: str, ports: Ports, endpoint: str = "") -> Any:
    """A root client of the embedded AWS, or of what stands in for it at `endpoint`."""
    import boto3

    return boto3.client(
        service,
        endpoint_url=endpoint or ports.aws_url,
        region_name=REGION,
        aws_access_key_id=ROOT_KEY,
        aws_secret_access_key=ROOT_KEY,
    )


def context(place: Place, ports: Ports) -> dict[str, str]:
    """The values in which one local environment differs from the next."""
    return {
        "environment": "local",
        "clock_file": str(place.clock),
        "public_url": ports.product_url,
        "sandbox_url": ports.sandbox_url,
        "embedded_aws_url": ports.aws_url,
        "email_domains": EMAIL_DOMAIN,
    }


def deploy(place: Place, ports: Ports, say: Say) -> dict[str, str]:
    """The outputs of all stacks; deploys only when the sources changed or a stack is missing."""
    known, wanted = place.read("deployment.json"), fingerprint(context(place, ports))
    cloudformation = client("cloudformation", ports)
    if known.get("fingerprint") == wanted and all_there(cloudformation, known["stacks"]):
        say.done("Deployed already, and nothing changed since.")
        return known["outputs"]
    place.forget("deployment.json")
    place.deploy_log.write_text("")
    if not all_there(cloudformation, [BOOTSTRAP_STACK]):
        _bootstrap(place, ports, say)
    outputs = _deploy_stacks(place, ports, say)
    merged = {name: value for stack in outputs.values() for name, value in stack.items()}
    found = {"fingerprint": wanted, "stacks": list(outputs), "outputs": merged}
    place.write("deployment.json", found)
    return merged


def _bootstrap(place: Place, ports: Ports, say: Say) -> None:
    say.step("Preparing the account for deployments (cdk bootstrap)")
    # From a folder without cdk.json: bootstrapping needs no synthesised app.
    for _ in _cdk(["bootstrap", f"aws://{ACCOUNT}/{REGION}"], place, ports, place.root):
        pass
    # The bucket refuses plain http, which is all that is spoken on this machine.
    client("s3", ports).delete_bucket_policy(Bucket=ASSET_BUCKET)


def _deploy_stacks(place: Place, ports: Ports, say: Say) -> dict[str, dict[str, str]]:
    shutil.rmtree(place.synthesised, ignore_errors=True)
    outputs = place.root / "outputs.json"
    outputs.unlink(missing_ok=True)
    command = [
        "deploy",
        "--all",
        "--require-approval",
        "never",
        "--progress",
        "events",
        "--no-staging",
    ]
    command += ["--outputs-file", str(outputs), "--output", str(place.synthesised)]
    command += ["--app", f"{sys.executable} -m infra.app", "--concurrency", "2"]
    for name, value in context(place, ports).items():
        command += ["-c", f"{name}={value}"]
    say.step("Synthesising and deploying the stacks (cdk deploy)")
    for line in _cdk(command, place, ports):
        if line.strip().startswith(("✅", "✨  Synthesis")):
            say.done(line.strip(" ✅✨"))
    return place.read("outputs.json")


def _cdk(command: list[str], place: Place, ports: Ports, folder: Path = ROOT) -> Iterator[str]:
    """Lines of the command's output, which also go to the log; raises NotReady when it fails."""
    bin_folder = Path(sys.executable).parent
    env = {
        **os.environ,
        **aws_env(ports),
        "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}",
        "CDK_DEFAULT_ACCOUNT": ACCOUNT,
        "CDK_DEFAULT_REGION": REGION,
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    }
    process = subprocess.Popen(
        [CDK, *command, "--ci", "--no-color", "--no-notices"],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process, place.deploy_log.open("a") as log:
        try:
            for line in process.stdout:
                log.write(line)
                log.flush()
                yield line.rstrip()
        except BaseException:
            process.terminate()
            raise
    if process.returncode != 0:
        _fail(place, command[0])


def _fail(place: Place, what: str) -> None:
    last = place.deploy_log.read_text().splitlines()[-LAST_LINES:]
    lines = "\n    ".join(last)
    raise NotReady(
        f"`cdk {what}` failed. The last lines of {place.deploy_log}:\n    {lines}\n"
        f"  What the embedded AWS did is in {place.log}."
    )
