"""Reads numbers as people write them anywhere: marks of thousands, currencies, scales, brackets, minus signs."""

from collections.abc import Mapping

from voronka.lake.session import literal
from voronka.transform.currencies import CURRENCY, SIGNS, code_of

THOUSANDS = {",": r"^[1-9][0-9]{0,2}(,[0-9]{2,3})*,[0-9]{3}$", ".": r"^[1-9][0-9]{0,2}(\.[0-9]{3})+$"}
"""Whole numbers whose only marks are these: in threes, behind a first group that is no zero."""
_SCALES: Mapping[str, int] = {
    **dict.fromkeys(("k", "к", "тыс", "тысяч", "тысячи", "thousand", "tsd"), 3),
    "lakh": 5,
    **dict.fromkeys(
        ("m", "м", "mm", "mln", "mio", "млн", "миллион", "миллиона", "миллионов", "million", "millions"), 6
    ),
    "crore": 7,
    **dict.fromkeys(("b", "bn", "mrd", "млрд", "миллиард", "миллиарда", "миллиардов", "billion", "billions"), 9),
}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SPACES = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_QUOTES = "'’‘`´ʼ′٬"
_MINUSES = "-−–—‒﹣－‐‑"
_HIDDEN = "\u200b\u200e\u200f\u061c\u2060\ufeff"
_DIGITS = "".join(chr(start + n) for start in (0x660, 0x6F0, 0x966, 0xFF10) for n in range(10))
_GROUPS = r"[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]*)?|[0-9][0-9.,]*|[.,][0-9]+"
_USUAL_ENDS = (" руб.", " руб", " р.", " р", " RUB", " USD", " EUR")
"""Currencies behind an amount that are cut off at once: the pattern of all of them is slow."""
_PARTS = ("before", "open", "inside", "digits", "power", "scale", "percent", "close", "behind")
_NUMBER = (
    rf"^([-+]?) ?(?:{CURRENCY})? ?(\(?) ?(?:{CURRENCY})? ?([-+]?) ?({_GROUPS})(e[-+]?[0-9]{{1,3}})? ?"
    rf"(?:({_SCALE})\.?)? ?(?:{CURRENCY})? ?(%?) ?(\)?) ?(?:{CURRENCY})? ?(-?)$"
)
"""A number in small letters and plain signs, as `_plain_signs` leaves them."""


def plain_number(text: str) -> str:
    """Return the SQL of a number that needs no cleaning, exact to six places."""
    return f"TRY_CAST({text} AS DECIMAL(28,6))"


def number(text: str, *, plain: bool, decimal: str) -> str:
    """Return the SQL of a number: `plain` where no value needs cleaning, `decimal` the mark of those that do."""
    if plain:
        return plain_number(text)
    # where the comma is decimal, 1.234 has a thousands mark and is not plain
    given = f"CASE WHEN NOT contains({text}, '.') THEN replace({text}, ',', '.') END" if decimal == "," else text
    usual, marked = _grouped_number(text, decimal), _marked_number(text, decimal)
    return f"coalesce({plain_number(given)}, {usual}, CASE WHEN {text} IS NOT NULL THEN {marked} END)"


def tells_scale(text: str) -> str:
    """Return the test whether a number says itself that it is one of thousands or millions: `350 тыс. руб.`, `$2K`."""
    return f"regexp_matches(lower({text}), {literal(rf'[0-9][ .]?(?:{_SCALE}|т[. ]?р)(?:[^a-zа-я]|р|$)')})"


def bound(name: str, value: str, sql: str) -> str:
    """Return the SQL of an expression over a name that stands for a value: computed once, written once."""
    return f"list_transform([{value}], lambda {name}: {sql})[1]"


def currency(text: str) -> str:
    """Return the SQL of the code of the currency that an amount bears, NULL where it bears none or an unclear one."""
    spare = literal("0123456789.,()%" + _SPACES + _QUOTES + _MINUSES + "+٫" + _DIGITS + _HIDDEN)
    without_scale = f"regexp_replace(w, '^(?:{_SCALE}|т)|(?:{_SCALE})$', '')"
    scaled = bound("v", without_scale, code_of("v"))
    found = bound("w", f"translate(lower({text}), {spare}, '')", f"coalesce({code_of('w')}, {scaled})")
    # the signs that stand for one currency alone are seen at once
    signs = " ".join(f"WHEN contains({text}, '{sign}') THEN '{code}'" for sign, code in (("₽", "RUB"), ("€", "EUR")))
    is_bare = f"{text} IS NULL OR regexp_full_match({text}, '[-0-9., ]*')"
    return f"CASE {signs} WHEN {is_bare} THEN NULL ELSE {found} END"


def _grouped_number(text: str, decimal: str) -> str:
    """Return the SQL of a number in threes, maybe with a sign of currency: the usual case, read the quick way."""
    marks = r",'\s\x{00A0}\x{202F}" if decimal == "." else r".'\s\x{00A0}\x{202F}"
    point = "[.]" if decimal == "." else ","
    pattern = rf"[{SIGNS}]?-?[1-9][0-9]{{0,2}}(?:[{marks}][0-9]{{3}})*(?:{point}[0-9]+)?[\s\x{{00A0}}]?[{SIGNS}]?"
    dropped = literal(f"{SIGNS}'\u00a0\u202f " + ("," if decimal == "." else "."))
    cut = " ".join(f"WHEN ends_with({text}, '{end}') THEN left({text}, -{len(end)})" for end in _USUAL_ENDS)
    bare = f"CASE {cut} ELSE {text} END"
    return bound("b", bare, _in_threes("b", pattern, dropped, is_comma=decimal == ","))


def _in_threes(text: str, pattern: str, dropped: str, *, is_comma: bool) -> str:
    digits = f"translate({text}, {dropped}, '')"
    digits = f"replace({digits}, ',', '.')" if is_comma else digits
    return f"CASE WHEN regexp_full_match({text}, {literal(pattern)}) THEN {plain_number(digits)} END"


def _plain_signs(text: str) -> str:
    """Return the SQL of a text in small letters with one kind of space, minus, apostrophe and digit."""
    theirs = _SPACES + _QUOTES + _MINUSES + "٫" + _DIGITS + _HIDDEN
    ours = " " * len(_SPACES) + "'" * len(_QUOTES) + "-" * len(_MINUSES) + "." + "0123456789" * (len(_DIGITS) // 10)
    signs = f"translate(lower({text}), {literal(theirs)}, {literal(ours)})"
    return f"trim(regexp_replace({signs}, ' {{2,}}', ' ', 'g'))"


def _whole(signs: str) -> str:
    """Return the SQL with zeros for the dash that says that there are no cents, with kopecks behind a point.

    Thousands of rubles in short (т.р.) are written out: of itself the first letter may be tons.
    """
    kopecks = r"^(-?[0-9 ]*[0-9]) ?(?:руб[а-я]*|р|₽)\.? ?([0-9]{2}) ?(?:коп[а-я]*|к)\.?$"
    no_cents = r"([0-9])([.,])(?:-{1,2}|=)( |$)"
    thousands = f"regexp_replace({signs}, {literal(r'([0-9]) ?т(?:[.] ?| )?(р|руб[а-я]*)[.]?$')}, '\\1 тыс \\2')"
    with_kopecks = f"regexp_replace({thousands}, {literal(kopecks)}, '\\1.\\2 ₽')"
    return f"regexp_replace({with_kopecks}, {literal(no_cents)}, '\\1\\200\\3')"


def _marked_number(text: str, decimal: str) -> str:
    """Return the SQL of a number with signs, currencies, thousands marks, scales (K, тыс, млн) or brackets."""
    names = ", ".join(literal(name) for name in _PARTS)
    parts = f"regexp_extract(s, {literal(_NUMBER)}, [{names}])"
    digits = bound("d", "translate(_p.digits, ' ''', '')", _unmarked("d", decimal))
    cases = " ".join(f"WHEN {literal(word)} THEN {10**power}" for word, power in _SCALES.items())
    sign = "CASE WHEN '-' IN (_p.before, _p.inside, _p.behind) OR _p.open <> '' THEN -1 ELSE 1 END"
    value = f"TRY_CAST({digits} || _p.power AS DECIMAL(28,6)) * CASE _p.scale {cases} ELSE 1 END * {sign}"
    is_signed_once = "length(_p.before) + length(_p.inside) + length(_p.behind) <= 1"
    paired = f"(_p.open = '') = (_p.close = '') AND _p.digits <> '' AND {is_signed_once}"
    return bound("s", _whole(_plain_signs(text)), bound("_p", parts, f"CASE WHEN {paired} THEN {value} END"))


def _unmarked(digits: str, decimal: str) -> str:
    """Return the SQL of digits without thousands marks, with a decimal point; NULL where the marks make no number."""
    other = "." if decimal == "," else ","
    rules = (
        (r"^[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}\.[0-9]*$", f"replace({digits}, ',', '')"),
        (r"^[0-9]{1,3}(\.[0-9]{3})+,[0-9]*$", f"replace(replace({digits}, '.', ''), ',', '.')"),
        (rf"^[0-9]*[{decimal}]?[0-9]*$", f"replace({digits}, '{decimal}', '.')"),
        (THOUSANDS[other], f"replace({digits}, '{other}', '')"),
        (THOUSANDS[decimal], f"replace({digits}, '{decimal}', '')"),
        (rf"^[0-9]*[{other}][0-9]*$", f"replace({digits}, '{other}', '.')"),
    )
    whens = " ".join(f"WHEN regexp_matches({digits}, {literal(pattern)}) THEN {sql}" for pattern, sql in rules)
    return f"CASE {whens} END"
