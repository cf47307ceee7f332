"""Bank lines as payers and banks really spoil them, each with the truth it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kasstroom.bank.model import BankLine, LineKind, ReferenceKind
from kasstroom.dunning.model import OpenItem
from kasstroom.money import Money
from tests.bench.bank_world import TODAY, Owner, World

OURS = "NL91ABNA0417164300"
AT = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
NOISE = (
    "", "", "betaling {}", "fact. {} bedankt", "Factuur: {} d.d. 31-08-2026", "inv {}",
    "{} projekt Dorpsstraat 12 3511ED Utrecht", "uw factuurnr {} klant 06-12345678", "nota {}",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A line, its kind of noise, and whose money it is; None when nobody could know."""

    noise: str
    line: BankLine
    debtor: str | None
    invoices: frozenset[str]
    referred: bool


@dataclass
class Said:
    """What a payer does: `referred` when what is named is right and enough to know."""

    owner: Owner
    items: list[OpenItem]
    minor: int
    referred: bool = True
    known: bool = True
    fields: dict[str, Any] = field(default_factory=dict)


def cases(world: World, count: int) -> Iterator[Case]:
    kinds = list(KINDS)
    weights = [KINDS[kind][0] for kind in kinds]
    for at in range(count):
        kind = world.random.choices(kinds, weights)[0]
        yield _case(world, kind, at)


def _case(world: World, kind: str, at: int) -> Case:
    said = None
    while said is None:
        owner = world.random.choice(world.owners)
        said = KINDS[kind][1](world, owner, world.random.choice(owner.debts))
    fields = {
        "kind": LineKind.RECEIPT, "counterparty_name": _typed_name(world, said.owner.name),
        "counterparty_iban": said.owner.iban, "end_to_end_id": "NOTPROVIDED",
    } | said.fields  # fmt: skip
    line_kind = fields.pop("kind")
    line = BankLine(
        "o", f"2026-09-01_{at}", OURS, "s", "1", line_kind, Money(said.minor), TODAY, TODAY, AT,
        **fields,
    )  # fmt: skip
    debtor = said.owner.number if said.known else None
    numbers = frozenset(item.number for item in said.items)
    return Case(kind, line, debtor, numbers, said.referred)


def _typed_name(world: World, name: str) -> str:
    """As a bank has it: in capitals, without the legal form, with a person before it."""
    way = world.random.random()
    if way < 0.3:
        return name.upper()
    if way < 0.4:
        return name.replace("B.V.", "BV").replace("V.O.F.", "VOF")
    return f"Hr {name}" if way < 0.45 else name


def _text(world: World, named: str) -> str:
    noise = world.random.choice(NOISE)
    return noise.format(named) if noise else named


def _number(spoil: Callable[[World, str], str], **more: Any) -> Callable[..., Said]:
    def said(world: World, owner: Owner, item: OpenItem) -> Said:
        text = _text(world, spoil(world, item.number))
        return Said(owner, [item], item.open.minor, fields={"text": text, **more})

    return said


def _reference(
    prefix: str, spoil: Callable[[World, str], str], *, structured: bool = False
) -> Callable[..., Said | None]:
    def said(world: World, owner: Owner, item: OpenItem) -> Said | None:
        reference = owner.references.get(item.number, "")
        if not reference or reference.startswith("RF") != (prefix == "RF"):
            return None
        written = spoil(world, reference)
        fields: dict[str, Any] = {"text": _text(world, written)}
        if structured:
            kind = ReferenceKind.RF if prefix else ReferenceKind.BETALINGSKENMERK
            fields = {"reference": written, "reference_kind": kind}
        return Said(owner, [item], item.open.minor, fields=fields)

    return said


def _fours(separator: str) -> Callable[[World, str], str]:
    return lambda world, value: separator.join(value[at : at + 4] for at in range(0, len(value), 4))


def _wrapped(world: World, value: str) -> str:
    at = world.random.randint(2, len(value) - 2)
    return f"{value[:at]}\n{value[at:]}"


def _lookalike(world: World, number: str) -> str:
    return number[:3] + number[3:].replace("0", "O").replace("1", world.random.choice("lI"))


def _wrong_digit(world: World, value: str) -> str:
    at = world.random.choice([i for i in range(4, len(value)) if value[i].isdigit()])
    digit = world.random.choice([d for d in "0123456789" if d != value[at]])
    return value[:at] + digit + value[at + 1 :]


def _digits_only(world: World, number: str) -> str:
    return number.split("-", 1)[1]


def _same(world: World, value: str) -> str:
    return value


def _end_to_end(world: World, owner: Owner, item: OpenItem) -> Said:
    return Said(owner, [item], item.open.minor, fields={"end_to_end_id": item.number})


def _some(world: World, owner: Owner, least: int, most: int) -> list[OpenItem] | None:
    debts = owner.debts
    if len(debts) <= least:
        return None
    return world.random.sample(debts, world.random.randint(least, min(most, len(debts))))


def _several(world: World, owner: Owner, item: OpenItem) -> Said | None:
    items = _some(world, owner, 2, 4)
    if items is None:
        return None
    text = " ".join(i.number for i in items)
    return Said(owner, items, sum(i.open.minor for i in items), fields={"text": text})


def _with_tails(world: World, owner: Owner, item: OpenItem) -> Said | None:
    items = _some(world, owner, 2, 4)
    if items is None:
        return None
    rest = ", ".join(i.number[-5:] for i in items[1:])
    text = f"{items[0].number}, {rest}"
    return Said(owner, items, sum(i.open.minor for i in items), fields={"text": text})


def _amount(change: Callable[[World, int], int]) -> Callable[..., Said]:
    def said(world: World, owner: Owner, item: OpenItem) -> Said:
        minor = change(world, item.open.minor)
        named = owner.references.get(item.number, item.number)
        return Said(owner, [item], minor, fields={"text": _text(world, named)})

    return said


def _netted(world: World, owner: Owner, item: OpenItem) -> Said | None:
    credit = next((i for i in owner.items if i.open.minor < 0), None)
    if credit is None or item.open.minor + credit.open.minor <= 0:
        return None
    minor = item.open.minor + credit.open.minor
    text = f"{item.number} minus creditnota"
    return Said(owner, [item, credit], minor, fields={"text": text})


def _by_third_party(world: World, owner: Owner, item: OpenItem) -> Said:
    fields = {
        "counterparty_name": f"Stichting Derdengelden {world.random.randint(1, 999)}",
        "counterparty_iban": world.iban(), "text": _text(world, item.number),
    }  # fmt: skip
    return Said(owner, [item], item.open.minor, fields=fields)


def _third_party_unnamed(world: World, owner: Owner, item: OpenItem) -> Said:
    """An account that pays for several, and does not say for whom."""
    iban = world.iban()
    world.remember(iban, owner, *world.random.sample(world.owners, 2))
    fields = {"counterparty_name": "Administratiekantoor Zuid", "counterparty_iban": iban,
              "text": "betaling huur"}  # fmt: skip
    return Said(owner, [item], item.open.minor, referred=False, fields=fields)


def _wrong_check_digit(world: World, owner: Owner, item: OpenItem) -> Said | None:
    reference = owner.references.get(item.number)
    if reference is None:
        return None
    text = _text(world, _wrong_digit(world, reference))
    return Said(owner, [item], item.open.minor, referred=False, fields={"text": text})


def _number_of_another(world: World, owner: Owner, item: OpenItem) -> Said:
    """A typing error that happens to be somebody else's invoice; half the time of equal amount."""
    other = world.random.choice(world.random.choice(world.owners).debts)
    same = [i for i in owner.debts if i.open == other.open]
    item = same[0] if same else item
    fields = {"text": _text(world, other.number)}
    return Said(owner, [item], item.open.minor, referred=False, fields=fields)


def _no_reference(world: World, owner: Owner, item: OpenItem) -> Said:
    words = world.random.choice(("", "betaling", "openstaande rekening", "zie overzicht 2026"))
    return Said(owner, [item], item.open.minor, referred=False, fields={"text": words})


def _unknown_account(world: World, owner: Owner, item: OpenItem) -> Said:
    fields = {"counterparty_iban": world.iban(), "text": "factuur augustus"}
    return Said(owner, [item], item.open.minor, referred=False, fields=fields)


def _name_of_another(world: World, owner: Owner, item: OpenItem) -> Said:
    """Not a debtor, but called like one, and paying an amount that is open somewhere."""
    family = owner.name.split()[1] if " " in owner.name else owner.name
    fields = {"counterparty_name": f"{family} Beheer", "counterparty_iban": world.iban(),
              "text": "terugbetaling lening"}  # fmt: skip
    return Said(owner, [], item.open.minor, referred=False, known=False, fields=fields)


def _stranger(world: World, owner: Owner, item: OpenItem) -> Said:
    fields = {"counterparty_name": "Belastingdienst", "counterparty_iban": "NL86INGB0002445588",
              "text": "teruggaaf omzetbelasting 5010002167010010"}  # fmt: skip
    return Said(owner, [], item.open.minor, referred=False, known=False, fields=fields)


def _unnamed_sum(world: World, owner: Owner, item: OpenItem) -> Said | None:
    items = _some(world, owner, 2, 4)
    if items is None:
        return None
    return Said(owner, items, sum(i.open.minor for i in items), referred=False)


def _other_line(kind: LineKind, name: str, text: str) -> Callable[..., Said]:
    def said(world: World, owner: Owner, item: OpenItem) -> Said:
        sign = -1 if kind is LineKind.RETURN else 1
        fields = {"kind": kind, "counterparty_name": name, "text": text.format(item.number)}
        return Said(owner, [], sign * item.open.minor, referred=False, known=False, fields=fields)

    return said


KINDS: dict[str, tuple[int, Callable[..., Said | None]]] = {
    "rf structured": (6, _reference("RF", _same, structured=True)),
    "rf in text": (4, _reference("RF", _same)),
    "rf spaced": (4, _reference("RF", _fours(" "))),
    "rf dotted": (2, _reference("RF", _fours("."))),
    "rf wrapped": (2, _reference("RF", _wrapped)),
    "kenmerk structured": (6, _reference("", _same, structured=True)),
    "kenmerk spaced": (4, _reference("", _fours(" "))),
    "kenmerk dotted": (2, _reference("", _fours("."))),
    "kenmerk wrapped": (2, _reference("", _wrapped)),
    "number": (10, _number(_same)),
    "number lower case, spaced": (4, _number(lambda w, n: n.lower().replace("-", " "))),
    "number without dashes": (3, _number(lambda w, n: n.replace("-", ""))),
    "number wrapped": (2, _number(_wrapped)),
    "number with O for 0": (2, _number(_lookalike)),
    "number without prefix": (3, _number(_digits_only)),
    "number end to end": (3, _end_to_end),
    "several numbers": (4, _several),
    "number and tails": (2, _with_tails),
    "part payment": (4, _amount(lambda w, m: m * w.random.randint(20, 90) // 100)),
    "paid too much": (2, _amount(lambda w, m: m + w.random.randint(1000, 50000))),
    "a few cents off": (2, _amount(lambda w, m: m - min(w.random.randint(1, 90), m // 25))),
    "credit note deducted": (2, _netted),
    "third party, named": (3, _by_third_party),
    "wrong check digit": (4, _wrong_check_digit),
    "number of another": (2, _number_of_another),
    "no reference": (8, _no_reference),
    "no reference, sum": (2, _unnamed_sum),
    "unknown account": (3, _unknown_account),
    "third party, unnamed": (2, _third_party_unnamed),
    "name of another": (2, _name_of_another),
    "stranger": (2, _stranger),
    "payout": (3, _other_line(LineKind.PAYOUT, "Stichting Mollie Payments", "1234567.2609.01")),
    "return": (2, _other_line(LineKind.RETURN, "Klant", "AC04 {}")),
}
