"""A statement of account as it is printed: every word and amount where it stands.
`kasstroom_letters` draws it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kasstroom.debtors.statements import Account, AccountPart, MoneyLine, OpenLine
from kasstroom.invoices.model import DocumentKind
from kasstroom.messages.letters import LetterSum, Row
from kasstroom.messages.postal import postal_address
from kasstroom.messages.statements import PaperStatement, StatementPart, StatementTable
from kasstroom.money import Money
from kasstroom.organisations.model import Language
from kasstroom_pages.formats import bare, grouped, long_date, money, plain, short_date
from kasstroom_pages.printed_letters import sender_on_paper
from kasstroom_pages.words.letters import LETTERS
from kasstroom_pages.words.statements import STATEMENTS

MOST_NAMED = 3
"""Invoices a payment names; of a payment over more it says how many."""
Words = dict[str, str]
Column = tuple[str, Callable[[OpenLine], str]]


def statement_of(account: Account, at: datetime, *, logo: bytes = b"") -> PaperStatement:
    """In the debtor's language, at its address as far as that is known; `logo` a PNG or JPEG."""
    debtor, language = account.debtor, account.debtor.language
    words, letter = STATEMENTS[language], LETTERS[language]
    today = long_date(account.as_of, language)
    return PaperStatement(
        sender_on_paper(account.organisation, language, logo),
        tuple(plain(line, 90) for line in postal_address(debtor)) or (plain(debtor.name, 90),),
        ((letter["date"], today), (letter["customer"], plain(debtor.number, 40))),
        words["subject"].format(date=today), _paragraphs(account, words, today),
        tuple(_part(account, part, words) for part in account.parts),
        letter["page_of"], language.value, at,
    )  # fmt: skip


def _paragraphs(account: Account, words: Words, today: str) -> tuple[str, ...]:
    organisation, parts = account.organisation, account.parts
    said = [words["intro"].format(date=today)]
    if any(part.disputed for part in parts):
        said.append(words["disputed_part"])
    if organisation.iban and any(part.balance.minor > 0 for part in parts):
        iban, name = grouped(organisation.iban), plain(organisation.name, 70)
        said.append(words["pay"].format(iban=iban.replace(" ", "\u00a0"), name=name))
    return (*said, words["recent"])


def _part(account: Account, part: AccountPart, words: Words) -> StatementPart:
    language = account.debtor.language
    ages = tuple(words[age] for age, _ in part.ages)
    amounts = tuple(bare(amount, language) for _, amount in part.ages)
    title = words["ages"].format(currency=part.currency)
    return StatementPart(
        _items(part, words, language),
        _sums(part, words, language),
        StatementTable(title, ages, (amounts,), 0),
        _payments(account, part, words),
    )


def _items(part: AccountPart, words: Words, language: Language) -> StatementTable:
    """Without the columns that hold nothing for anybody."""
    columns = _columns(part, words, language)
    return StatementTable(
        words["items"].format(currency=part.currency),
        tuple(heading for heading, _ in columns),
        tuple(tuple(cell(line) for _, cell in columns) for line in part.lines),
        3,
        words["nothing_open"],
    )


def _columns(part: AccountPart, words: Words, language: Language) -> list[Column]:
    def amount(value: Money) -> str:
        return bare(value, language) if value else "–"

    columns: list[Column] = [
        (words["number"], lambda line: _number(line, words)),
        (words["issued"], lambda line: short_date(line.issued_on, language)),
        (words["due"], lambda line: short_date(line.due_on, language)),
        (words["amount"], lambda line: amount(line.amount)),
        (words["open"], lambda line: amount(line.open)),
    ]
    if part.costs:
        columns.append((words["costs"], lambda line: amount(line.costs)))
    if part.interest:
        columns.append((words["interest"], lambda line: amount(line.interest)))
    if part.costs or part.interest:
        columns.append((words["payable"], lambda line: amount(line.payable)))
    if part.disputed:
        columns.append((words["disputed"], lambda line: amount(line.disputed)))
    columns.append((words["days"], lambda line: str(line.days_overdue or "–")))
    return columns


def _number(line: OpenLine, words: Words) -> str:
    number = plain(line.number, 40)
    credit_note = line.kind is DocumentKind.CREDIT_NOTE
    return words["credit_note"].format(number=number) if credit_note else number


def _sums(part: AccountPart, words: Words, language: Language) -> tuple[LetterSum, ...]:
    """What the balance is made of, the balance, and what of it is late or disputed."""
    made_of = (
        ("sum_principal", part.principal), ("sum_costs", part.costs),
        ("interest", part.interest), ("sum_unallocated", part.unallocated),
    )  # fmt: skip
    said = [(words[name], amount) for name, amount in made_of if amount]
    less = part.balance.minor < 0
    balance = (words["credit"], -part.balance) if less else (words["sum_balance"], part.balance)
    parts_of = (("sum_overdue", part.overdue), ("sum_disputed", part.disputed))
    after = [(words[name], amount) for name, amount in parts_of if amount]
    return (
        *(LetterSum(label, money(amount, language)) for label, amount in said if len(said) > 1),
        LetterSum(balance[0], money(balance[1], language), strong=True),
        *(LetterSum(label, money(amount, language)) for label, amount in after),
    )


def _payments(account: Account, part: AccountPart, words: Words) -> StatementTable:
    language = account.debtor.language
    since = long_date(account.since, language)
    return StatementTable(
        words["payments"].format(date=since, currency=part.currency),
        (words["paid_on"], words["what"], words["for"], words["amount"]),
        tuple(_payment(line, words, language) for line in part.moved),
        3,
        words["nothing_paid"],
    )


def _payment(line: MoneyLine, words: Words, language: Language) -> Row:
    named = [plain(number, 20) for number in line.invoices[:MOST_NAMED]]
    more = [f"+{len(line.invoices) - MOST_NAMED}"] if len(line.invoices) > MOST_NAMED else []
    return (
        short_date(line.booked_on, language),
        words[line.kind],
        ", ".join(named + more) or "–",
        bare(line.amount, language),
    )
