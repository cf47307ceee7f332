"""Money as integer minor units and an ISO 4217 currency; never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kasstroom.errors import Refused

EUR = "EUR"

# Currencies whose minor unit is not 1/100 (ISO 4217, list one).
UNUSUAL_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
_CURRENCIES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ
    GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR
    RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD
    TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG""".split()
) | frozenset(UNUSUAL_DIGITS)
_DIGITS_OF = dict.fromkeys(_CURRENCIES, 2) | UNUSUAL_DIGITS
_VALUE = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,4}))?\Z")


def minor_digits(currency: str) -> int:
    """How many decimals the currency has; `Refused` when ISO 4217 does not list it."""
    try:
        return _DIGITS_OF[currency]
    except (KeyError, TypeError):
        detail = f"{currency!r} is not an ISO 4217 currency code."
        raise Refused("unknown_currency", detail) from None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: `minor` in the currency's smallest unit (cents), signed."""

    minor: int
    currency: str = EUR

    @classmethod
    def parse(cls, value: str, currency: str = EUR) -> Money:
        """Reads `"412.30"`; `Refused` when it has more decimals than the currency."""
        digits = minor_digits(currency)
        found = _VALUE.match(value) if isinstance(value, str) else None
        if found is None:
            raise Refused("invalid_amount", f"{value!r} is not an amount such as '412.30'.")
        sign, whole, part = found[1], found[2], found[3] or ""
        if part[digits:].strip("0"):
            raise Refused(
                "invalid_amount", f"{value} has more decimals than {currency} allows ({digits})."
            )
        minor = int(whole + part[:digits].ljust(digits, "0"))
        return cls(-minor if sign else minor, currency)

    @classmethod
    def of(cls, amount: Decimal, currency: str = EUR) -> Money:
        """The amount rounded half up to the currency's smallest unit, once."""
        scaled = amount.scaleb(minor_digits(currency))
        return cls(int(scaled.quantize(Decimal(1), ROUND_HALF_UP)), currency)

    @classmethod
    def zero(cls, currency: str = EUR) -> Money:
        return cls(0, currency)

    @property
    def value(self) -> str:
        """`"412.30"`: the form every API, event and export uses."""
        digits = minor_digits(self.currency)
        sign, whole = ("-" if self.minor < 0 else ""), f"{abs(self.minor):0{digits + 1}d}"
        return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else f"{sign}{whole}"

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise Refused(
                "currency_mismatch", f"{other.currency} cannot be added to {self.currency}."
            )
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.value}"
