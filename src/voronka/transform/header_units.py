"""Reads what a header says of the amounts below it: that they are thousands or millions, and of which currency."""

import re
from collections.abc import Iterator
from functools import lru_cache

from voronka.transform.currencies import CODES, SIGNS, WORDS

_SCALES = {
    **dict.fromkeys(("тыс", "тысяч", "тысячи", "тысячах", "thousand", "thousands", "000", "000s"), "1000"),
    **dict.fromkeys(("млн", "миллион", "миллионов", "миллионах", "mln", "million", "millions"), "1000000"),
    **dict.fromkeys(("млрд", "миллиард", "миллиардов", "миллиардах", "bln", "billion", "billions"), "1000000000"),
}
_SHORT_SCALES = {"k": "1000", "к": "1000", "т": "1000", "m": "1000000", "м": "1000000"}
"""Scales only beside a currency: of themselves these letters may be metres or tons."""
_FILLING = frozenset(
    {"in", "в", "с", "без", "вкл", "ндс", "vat", "incl", "excl", "including", "excluding", "net", "gross"}
)
_USUAL = frozenset({"usd", "eur", "rub", "rur", "gbp", "kzt", "byn", "uah", "cny"})
"""Codes that are no words, so that they need no capitals."""
_RUBLES = re.compile(r"р|руб(?:л[а-я]{1,3})?")
_DOLLARS = re.compile(r"долл?(?:ар[а-я]{0,3})?")
_TOKEN = re.compile(rf"[{SIGNS}]|[^\W\d_]+|'?000s?")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BEHIND = re.compile(r"(?:,|;|/|\s(?:in|в)\s)([^,;/()\[\]]+)$")
_AT_THE_END = re.compile(rf"[\s_]((?:[A-Z]{{3}}|[{SIGNS}]|(?i:руб[а-я]*\.?)))\s*$")


def scale_of(header: str) -> str:
    """Return what bare amounts under a header are multiples of: `1000` for `Сумма, тыс. руб.`; '' for one."""
    return _said(header)[0]


def currency_of(header: str) -> str:
    """Return the code of the currency that a header names: `USD` for `Amount (USD)`; '' where it names none."""
    return _said(header)[1]


@lru_cache(maxsize=4096)
def _said(header: str) -> tuple[str, str]:
    for part in _parts(header):
        found = _of_units(part)
        if found is not None:
            return found
    return "", ""


def _parts(header: str) -> Iterator[str]:
    """Yield the parts of a header that may tell units: what is in brackets, behind a comma, or a code at the end."""
    yield from _BRACKETS.findall(header)
    bare = _BRACKETS.sub(" ", header).strip()
    if found := _BEHIND.search(bare):
        yield found[1]
    words = bare.split()
    for number in (3, 2, 1):  # `Сумма тыс. руб.`
        if len(words) > number and words[-number].lower().strip(".'") in _SCALES:
            yield " ".join(words[-number:])
    if found := _AT_THE_END.search(bare):
        yield found[1]


def _of_units(part: str) -> tuple[str, str] | None:
    """Return the scale and the currency of a part that says nothing else, None where it says something else."""
    spelled = [token for token in _TOKEN.findall(part) if token.lower() not in _FILLING]
    tokens = [token if token.isupper() and token.lower() in CODES else token.lower() for token in spelled]
    if not tokens or re.search(r"\d", re.sub(r"'?000s?", "", part)):
        return None
    codes = [code for token in tokens if (code := _code(token))]
    scales = [_SCALES.get(token.strip("'"), "") for token in tokens if not _code(token)]
    short = [_SHORT_SCALES.get(token, "") for token in tokens if not _code(token)]
    if len(codes) > 1 or len(scales) > 1 or not (codes or any(scales)):
        return None
    scale = (scales[0] or (codes and short[0])) if scales else ""
    if scales and not scale:
        return None
    return scale or "", codes[0] if codes else ""


def _code(token: str) -> str:
    if _RUBLES.fullmatch(token):
        return "RUB"
    if _DOLLARS.fullmatch(token):
        return "USD"
    if token in _USUAL or (token.isupper() and token.lower() in CODES):
        return {"RUR": "RUB", "BYR": "BYN"}.get(token.upper(), token.upper())
    return WORDS.get(token, "") if len(token) > 1 or token in SIGNS else ""
