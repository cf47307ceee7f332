"""Pieces of SQL, in the words Athena knows."""

from __future__ import annotations

from collections.abc import Mapping

from kasstroom.money import UNUSUAL_DIGITS


def quoted(text: str) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def named(column: str, names: Mapping) -> str:
    """`column` by its name for people; what has none keeps its own."""
    cases = " ".join(f"WHEN {quoted(code)} THEN {quoted(said)}" for code, said in names.items())
    return f"CASE {column} {cases} ELSE {column} END"


def whole(minor: str, currency: str) -> str:
    """Minor units as an amount: most currencies have two decimals."""
    cases = " ".join(
        f"WHEN {quoted(code)} THEN {10**digits}" for code, digits in UNUSUAL_DIGITS.items()
    )
    worth = f"CAST({minor} AS decimal(20,4)) / CASE {currency} {cases} ELSE 100 END"
    return f"CAST({worth} AS decimal(20,4))"


def values(alias: str, columns: tuple[str, ...], *rows: tuple[str | int, ...]) -> str:
    """A little table in the question itself, beside every row."""
    listed = ", ".join(f"({', '.join(_value(value) for value in row)})" for row in rows)
    return f"CROSS JOIN (VALUES {listed}) AS {alias} ({', '.join(columns)})"


def _value(value: str | int) -> str:
    return str(value) if isinstance(value, int) else quoted(value)
