"""Accounts of people, as an owner makes and changes them."""

from __future__ import annotations

import sys

import boto3
import pytest

from infra import onboard
from kasstroom.access.model import Role
from tests.people import organisation

ANNA = ("--name", "anna", "--email", "Anna@vandijk.example")


@pytest.fixture
def pool(books):
    cognito = boto3.client("cognito-idp")
    made = cognito.create_user_pool(
        PoolName="staff",
        AliasAttributes=["email"],
        Schema=[
            {"Name": "email", "AttributeDataType": "String", "Required": True, "Mutable": True},
            {"Name": "org", "AttributeDataType": "String", "Mutable": False},
        ],
    )["UserPool"]["Id"]
    for role in Role:
        cognito.create_group(UserPoolId=made, GroupName=role)
    organisation(books)
    return made


@pytest.fixture
def run(pool, monkeypatch, capsys):
    known = {"TableName": "books", "StaffPoolId": pool}
    monkeypatch.setattr(onboard, "outputs", lambda environment: known)

    def command(*words, org="vandijk"):
        asked = ["onboard", "person", "--environment", "sandbox", "--org", org, *words]
        monkeypatch.setattr(sys, "argv", asked)
        onboard.main()
        return capsys.readouterr().out

    return command


def known_of(pool, user="vandijk.anna"):
    """Attributes, roles, and whether they get in."""
    cognito, who = boto3.client("cognito-idp"), {"UserPoolId": pool, "Username": user}
    found = cognito.admin_get_user(**who)
    groups = cognito.admin_list_groups_for_user(**who)["Groups"]
    attributes = {one["Name"]: one["Value"] for one in found["UserAttributes"]}
    return attributes, {one["GroupName"] for one in groups}, found["Enabled"]


def test_a_person_is_invited_with_roles_and_an_organisation(run, pool):
    said = run(*ANNA, "--roles", "credit_manager finance")
    assert "invitation went to anna@vandijk.example" in said
    attributes, roles, enabled = known_of(pool)
    assert attributes["custom:org"] == "vandijk" and attributes["email_verified"] == "true"
    assert attributes["email"] == "anna@vandijk.example"
    assert (roles, enabled) == ({"credit_manager", "finance"}, True)


def test_the_same_command_with_other_roles_changes_them(run, pool):
    run(*ANNA, "--roles", "credit_manager finance")
    said = run("--name", "anna", "--email", "a@vandijk.example", "--roles", "auditor finance")
    assert "within half an hour" in said and "invitation" not in said
    attributes, roles, _ = known_of(pool)
    assert roles == {"auditor", "finance"} and attributes["email"] == "a@vandijk.example"


def test_access_is_taken_away_and_given_back(run, pool):
    run(*ANNA, "--roles", "finance")
    assert "no access any more" in run("--name", "anna", "--roles", "none")
    assert known_of(pool)[1:] == (set(), False)
    run(*ANNA, "--roles", "sales")
    assert known_of(pool)[1:] == ({"sales"}, True)


def test_the_same_name_in_another_organisation_is_another_person(run, pool, books):
    from dataclasses import replace

    from kasstroom.changes import Changes
    from kasstroom.organisations.model import Organisation

    books.commit(Changes(create=(replace(books.get(Organisation, "vandijk"), org="other"),)))
    run(*ANNA, "--roles", "finance")
    run("--name", "anna", "--email", "anna@other.example", "--roles", "sales", org="other")
    assert known_of(pool, "other.anna")[1] == {"sales"}
    assert known_of(pool)[1] == {"finance"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ANNA, "--roles"),
        ((*ANNA, "--roles", "boss"), "no role boss"),
        (("--name", "anna", "--roles", "finance"), "--email"),
        (("--name", "anna", "--email", "anna", "--roles", "finance"), "--email"),
        (("--name", "Anna B", "--email", "a@b.example", "--roles", "finance"), "--name"),
        (("--name", "x.anna", "--email", "a@b.example", "--roles", "finance"), "--name"),
        (("--name", "nobody", "--roles", "none"), "no account called nobody"),
    ],
)
def test_a_wrong_command_says_what_to_give(run, words, said):
    with pytest.raises(SystemExit, match=said):
        run(*words)


def test_an_organisation_that_is_not_there_gets_no_people(run):
    with pytest.raises(SystemExit, match="no organisation"):
        run(*ANNA, "--roles", "finance", org="elsewhere")


def test_an_environment_without_accounts_is_told(run, monkeypatch):
    nowhere = {"TableName": "books", "StaffPoolId": "eu-west-1_nowhere"}
    monkeypatch.setattr(onboard, "outputs", lambda environment: nowhere)
    with pytest.raises(SystemExit, match="Deploy it first"):
        run(*ANNA, "--roles", "finance")
