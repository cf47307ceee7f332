"""Starting on a machine that is not in the state we hoped for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from infra.local import embedded_aws
from infra.local.embedded_aws import EmbeddedAws, aws_env, process_env
from infra.local.place import EMBEDDED_AWS, NotReady, Place
from infra.local.ports import HOST, Ports, is_taken, require_free
from infra.local.process import PidFile, command_of, stop_group
from infra.local.stacks import all_there, fingerprint


@contextmanager
def occupied():
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_without_a_wish_the_usual_ports_are_taken():
    assert Ports.chosen({}) == Ports(8400, 8401, 4566)


def test_a_chosen_port_takes_the_three_from_there():
    assert Ports.chosen({"KASSTROOM_PORT": "9400"}) == Ports(9400, 9401, 9402)


@pytest.mark.parametrize("asked", ["80", "70000", "high", "-1"])
def test_a_port_that_cannot_be_is_refused_with_the_range(asked):
    with pytest.raises(NotReady, match="from 1024 to 65533"):
        Ports.chosen({"KASSTROOM_PORT": asked})


def test_a_busy_port_is_named_with_its_owner_and_the_way_out():
    with occupied() as port, pytest.raises(NotReady) as stopped:
        require_free(port, ours="Kasstroom itself (process 12)")
    sentence = str(stopped.value)
    assert f"Port {port}" in sentence
    assert "Kasstroom itself (process 12)" in sentence
    assert "KASSTROOM_PORT=9400" in sentence


def test_free_ports_are_free_and_different():
    ports = Ports.free()
    assert len({ports.product, ports.sandbox, ports.aws}) == 3
    assert not any(map(is_taken, (ports.product, ports.sandbox, ports.aws)))


def test_a_demo_on_a_busy_port_stops_with_one_sentence_and_no_traceback():
    with occupied() as port:
        if port > 65533:
            port = 65533
        asked = subprocess.run(
            [sys.executable, "-m", "infra.local.demo"],
            env={**os.environ, "KASSTROOM_PORT": str(port), "ONCE": ""},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert asked.returncode == 1
    assert f"Port {port} on {HOST} is in use" in asked.stdout
    assert "Traceback" not in asked.stdout + asked.stderr


def test_a_pid_file_of_a_process_that_ended_is_left_behind_not_running(tmp_path):
    file = PidFile(Place(tmp_path), "thing", "python")
    file.remember(ended_process(), 4566)
    assert file.running() == {}
    assert file.left_behind


def test_a_pid_that_now_belongs_to_another_program_is_not_ours(tmp_path):
    file = PidFile(Place(tmp_path), "thing", "a word no command line holds")
    file.remember(os.getpid(), 4566)
    assert file.running() == {}


def test_a_half_written_pid_file_is_nobody(tmp_path):
    (tmp_path / "thing.pid.json").write_text('{"pid": 12')
    assert PidFile(Place(tmp_path), "thing", "python").running() == {}


def test_stopping_ends_the_process_and_what_it_started(tmp_path):
    child = "import subprocess,sys,time; p=subprocess.Popen([sys.executable,'-c','import time; "
    child += "time.sleep(60)']); print(p.pid, flush=True); time.sleep(60)"
    parent = subprocess.Popen(
        [sys.executable, "-c", child], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    grandchild = int(parent.stdout.readline())
    assert stop_group(parent.pid, patience_s=5)
    parent.stdout.close()
    assert command_of(parent.pid) == ""
    assert command_of(grandchild) == ""


def test_books_of_a_run_that_ended_abruptly_are_not_trusted(tmp_path, monkeypatch):
    place, said = Place(tmp_path), []
    place.write("deployment.json", {"fingerprint": "old"})
    aws = EmbeddedAws(place, Ports.free())
    aws.pid_file.remember(ended_process(), aws.ports.aws)
    monkeypatch.setattr(aws, "_spawn", lambda: None)
    monkeypatch.setattr(aws, "_wait", lambda: None)
    aws.start(said.append)
    assert "abruptly" in said[0]
    assert place.read("deployment.json") == {}


@pytest.mark.skipif(
    not EMBEDDED_AWS.exists() and not os.environ.get("CI"),
    reason="the embedded AWS is not installed; `make environment` does",
)
def test_the_embedded_aws_starts_keeps_its_books_and_is_taken_over(tmp_path):
    place, ports, said = Place(tmp_path), Ports.free(), []
    aws = EmbeddedAws(place, ports)
    aws.start(said.append)
    try:
        _create_queue(ports)
        EmbeddedAws(place, ports).start(said.append)
        assert "still runs" in said[-1]
    finally:
        aws.stop()
    assert not is_taken(ports.aws)
    aws.start(said.append)
    try:
        assert _queues(ports) == 1
    finally:
        aws.stop()


def _sqs(ports):
    from infra.local.deploy import client

    return client("sqs", ports)


def _create_queue(ports):
    _sqs(ports).create_queue(QueueName="kept")


def _queues(ports):
    return len(_sqs(ports).list_queues().get("QueueUrls", []))


def test_nothing_of_the_caller_leaks_into_a_function(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_CALLER", "x")
    monkeypatch.setenv("AWS_PROFILE", "production")
    env = process_env(Place(tmp_path), Ports())
    assert not {"SECRET_OF_THE_CALLER", "AWS_PROFILE", "AWS_ENDPOINT_URL"} & env.keys()
    assert env["BIND_HOST"] == HOST
    assert env["AUTH"] == "true"


def test_clients_outside_go_to_this_machine_only():
    assert aws_env(Ports())["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert aws_env(Ports())["AWS_ACCESS_KEY_ID"] == embedded_aws.ROOT_KEY


def test_the_fingerprint_moves_with_the_values_of_a_deployment():
    assert fingerprint({"a": "1"}) == fingerprint({"a": "1"})
    assert fingerprint({"a": "1"}) != fingerprint({"a": "2"})


@pytest.mark.parametrize(
    ("status", "there"), [("UPDATE_COMPLETE", True), ("ROLLBACK_COMPLETE", False)]
)
def test_a_stack_that_rolled_back_is_not_there(status, there):
    class CloudFormation:
        def describe_stacks(self):
            return {"Stacks": [{"StackName": "data", "StackStatus": status}]}

    assert all_there(CloudFormation(), ["data"]) is there
    assert not all_there(CloudFormation(), ["data", "service"])
