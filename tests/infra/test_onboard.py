"""The first commands an owner types after deploying."""

from __future__ import annotations

import io
import json
import sys

import boto3
import pytest

from infra import onboard
from kasstroom.access.model import ApiKey
from kasstroom.ids import digest
from kasstroom.organisations.model import Organisation

VANDIJK = [
    "--name", "Van Dijk B.V.", "--kvk", "12345678", "--city", "Utrecht",
    "--iban", "NL91ABNA0417164300", "--email-from", "facturen@vandijk.example",
]  # fmt: skip


@pytest.fixture
def run(books, monkeypatch, capsys):
    secret = boto3.client("secretsmanager").create_secret(
        Name="provider", SecretString=json.dumps({"webhook_key": "kept"})
    )["ARN"]
    made = {"TableName": "books", "ProviderSecretArn": secret}
    monkeypatch.setattr(onboard, "outputs", lambda environment: made)

    def command(*words, typed=""):
        monkeypatch.setattr(sys, "argv", ["onboard", *words, "--environment", "sandbox"])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        onboard.main()
        return capsys.readouterr().out

    command.secret = secret
    return command


def test_an_organisation_with_its_key_and_its_provider(run, books):
    run("organisation", "--org", "vandijk", *VANDIJK)
    assert books.get(Organisation, "vandijk").mode == "test"
    key = run("key", "--org", "vandijk", "--name", "shop").split()[-1]
    assert key.startswith("ks_test_")
    assert books.get(ApiKey, "", id=digest(key)).org == "vandijk"
    run("mollie", "--org", "vandijk", typed="test_0123456789abcdef\n")
    held = json.loads(
        boto3.client("secretsmanager").get_secret_value(SecretId=run.secret)["SecretString"]
    )
    assert held["webhook_key"] == "kept"
    assert held["organisations"]["vandijk"]["mollie"]["api_key"] == "test_0123456789abcdef"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["organisation", "--org", "vandijk"], "--name"),
        (["organisation", "--org", "Van Dijk", *VANDIJK], "lower-case"),
        (["key", "--org", "nobody"], "no organisation"),
        (["key", "--org", "vandijk", "--name", "anna", "--roles", "boss"], "no role boss"),
        (["key", "--org", "vandijk", "--roles", "credit_manager"], "belongs to one person"),
    ],
)
def test_a_wrong_command_says_what_to_give(run, words, said):
    if "--roles" in words:
        run("organisation", "--org", "vandijk", *VANDIJK)
    with pytest.raises(SystemExit, match=said):
        run(*words)


def test_a_key_of_the_other_mode_is_not_taken(run):
    run("organisation", "--org", "vandijk", *VANDIJK)
    with pytest.raises(SystemExit, match="starts with test_"):
        run("mollie", "--org", "vandijk", typed="live_0123456789abcdef\n")
    with pytest.raises(SystemExit, match="exists already"):
        run("organisation", "--org", "vandijk", *VANDIJK)


def test_a_register_is_connected_with_exactly_what_it_wants(run):
    run("organisation", "--org", "vandijk", *VANDIJK)
    asked = ("register", "--org", "vandijk")
    with pytest.raises(SystemExit, match="one of kvk, vies"):
        run(*asked, "--name", "stars")
    for typed, said in (("kvk", "JSON object"), ('{"api_key": 1}', "texts"), ("{}", "exactly")):
        with pytest.raises(SystemExit, match=said):
            run(*asked, "--name", "kvk", typed=typed)
    run(*asked, "--name", "kvk", typed='{"api_key": "k"}\n')
    held = json.loads(
        boto3.client("secretsmanager").get_secret_value(SecretId=run.secret)["SecretString"]
    )
    assert held["organisations"]["vandijk"]["kvk"] == {"api_key": "k"}


def test_a_person_s_key_carries_roles_and_a_machine_s_none(run, books):
    run("organisation", "--org", "vandijk", *VANDIJK)
    anna = run("key", "--org", "vandijk", "--name", "anna", "--roles", "credit_manager auditor")
    shop = run("key", "--org", "vandijk", "--name", "shop")
    kept = [books.get(ApiKey, "", id=digest(said.split()[-1])) for said in (anna, shop)]
    assert [(key.name, key.roles) for key in kept] == [
        ("anna", ("credit_manager", "auditor")), ("shop", ()),
    ]  # fmt: skip


def test_an_owner_sets_how_money_is_booked_and_who_takes_it(run, books):
    run("organisation", "--org", "vandijk", *VANDIJK)
    run("mollie", "--org", "vandijk", typed="test_0123456789abcdef\n")
    run(
        "settings", "--org", "vandijk", "--set", "allocation_order=principal_only",
        "--set", "small_difference_minor=5", "--set", "payment_methods=ideal,bancontact",
        "--set", "providers=stripe,mollie",
    )  # fmt: skip
    found = books.get(Organisation, "vandijk")
    assert (found.allocation_order, found.small_difference_minor) == ("principal_only", 5)
    assert found.payment_methods == ("ideal", "bancontact")
    more = json.dumps({"access_token": "access_x", "webhook_secret": "whsec"})
    run("register", "--org", "vandijk", "--name", "mollie", typed=more)
    manager = boto3.client("secretsmanager")
    held = json.loads(manager.get_secret_value(SecretId=run.secret)["SecretString"])
    mine = held["organisations"]["vandijk"]
    assert mine["order"] == ["stripe", "mollie"]
    assert mine["mollie"]["api_key"] == "test_0123456789abcdef"
    assert mine["mollie"]["access_token"] == "access_x"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("colour=red", "is not one of allocation_order"),
        ("small_difference_minor=501", "0 to 500"),
        ("small_difference_minor=-1", "0 to 500"),
        ("payment_methods=ideal,cash", "'cash' is not one of"),
        ("providers=paypal", "'paypal' is not one of mollie, stripe"),
        ("allocation_order=", "'' is not one of"),
    ],
)
def test_a_setting_that_cannot_be_changes_nothing(run, books, setting, said):
    run("organisation", "--org", "vandijk", *VANDIJK)
    before = books.get(Organisation, "vandijk")
    with pytest.raises(SystemExit, match=said):
        run("settings", "--org", "vandijk", "--set", setting)
    assert books.get(Organisation, "vandijk") == before
