"""One account per role in the local pool, and what they sign in with on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra import people
from kasstroom.access.model import Role

if TYPE_CHECKING:
    from infra.local.running import Environment

PASSWORD = "Kasstroom-lokaal-1"  # noqa: S105
"""For this machine only: the pool listens on 127.0.0.1 and holds made-up people."""
STAFF = {
    "anna": (Role.CREDIT_MANAGER,),
    "bram": (Role.CREDIT_MANAGER,),
    "carla": (Role.COLLECTOR,),
    "fleur": (Role.FINANCE,),
    "sem": (Role.SALES,),
    "aad": (Role.AUDITOR,),
}
"""Who has a personal key too is the same person: four eyes are two names."""


def seed_staff(environment: Environment, org: str) -> dict[str, str]:
    """Each person's user name and roles; what is there already stays."""
    cognito, pool = environment.aws("cognito-idp"), environment.outputs["StaffPoolId"]
    for name, roles in STAFF.items():
        account = people.person(org, name, f"{name}@{org}.example", roles)
        people.put(cognito, pool, account, PASSWORD)
    return {f"{name}@{org}.example": ", ".join(roles) for name, roles in STAFF.items()}
