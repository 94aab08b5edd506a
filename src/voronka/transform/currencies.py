"""The signs, words and codes by which an amount tells its currency."""

from collections.abc import Mapping

from voronka.lake.session import literal

SIGNS = "$€£¥₽₸₴₺₹₼₾₪₩₫฿"
"""Signs of one character."""
_LISTED = """
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn byr bzd
    cad cdf chf clp cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf
    gtq gyd hkd hnl hrk htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak
    lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr
    pab pen pgk php pkr pln pyg qar ron rsd rub rur rwf sar sbd scr sdg sek sgd shp sll sos srd ssp stn syp
    szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw
    zwl
"""
CODES = frozenset(_LISTED.split())
"""Codes of ISO 4217 in small letters; rur and byr were those of the ruble before its reform."""
WORDS: Mapping[str, str] = {
    "₽": "RUB",
    "р": "RUB",
    "руб": "RUB",
    "us$": "USD",
    "r$": "BRL",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "hk$": "HKD",
    "nz$": "NZD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₸": "KZT",
    "₴": "UAH",
    "₺": "TRY",
    "₹": "INR",
    "₼": "AZN",
    "₾": "GEL",
    "₪": "ILS",
    "₩": "KRW",
    "₫": "VND",
    "฿": "THB",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "kr": "",
    "tl": "TRY",
    "rs": "INR",
    "fr": "CHF",
    "rur": "RUB",
    "byr": "BYN",
    "euro": "EUR",
    "euros": "EUR",
    "евро": "EUR",
    "dollars": "USD",
    "dollar": "USD",
    "тг": "KZT",
    "тенге": "KZT",
    "грн": "UAH",
    "гривен": "UAH",
    "сум": "UZS",
    "сом": "KGS",
    "br": "BYN",
    "бел.руб": "BYN",
    "бел. руб": "BYN",
}
"""What stands for a currency besides its code, a point behind it left out; '' where several have the same name."""
_NAMED = (
    (r"(?:российск[а-я]+ )?рубл[а-я]{1,3}(?: рф| россии)?|(?:russian )?ro?ubles?", "RUB"),
    (r"(?:американск[а-я]+ )?долл(?:ар[а-я]{0,3})?[.]?(?: сша)?|(?:us|u[.]s[.]|american) dollars?", "USD"),
    (r"белорусск[а-я]+ рубл[а-я]{1,3}|рубл[а-я]{1,3} (?:рб|беларуси)|belarus(?:ian)? ro?ubles?", "BYN"),
    (r"(?:казахстанск[а-я]+ )?тенге|(?:kazakh(?:stani?)? )?tenge", "KZT"),
    (r"(?:украинск[а-я]+ )?грив[а-я]+|(?:ukrainian )?hryvnias?", "UAH"),
    (r"(?:китайск[а-я]+ )?юан[а-я]+|(?:chinese )?yuan|renminbi|rmb", "CNY"),
    (r"фунт[а-я]*(?: стерлингов)?|(?:british )?pounds?(?: sterling)?", "GBP"),
    (r"(?:узбекск[а-я]+ )?сум[а-я]*", "UZS"),
)
"""What a column of currencies may call them, in small letters."""
_NUMBERS = {
    "643": "RUB",
    "840": "USD",
    "978": "EUR",
    "398": "KZT",
    "933": "BYN",
    "980": "UAH",
    "156": "CNY",
    "826": "GBP",
}
"""Numbers of ISO 4217, as accounting writes them."""
_STEMS = {r"руб(?:л[а-я]{1,3})?": "RUB", r"долл?(?:ар[а-я]{0,3})?": "USD"}


_NAMES = sorted({*WORDS, *CODES}, key=lambda name: (-len(name), name))
CURRENCY = "(?:" + "|".join([*_STEMS, *(name.replace("$", r"\$").replace(".", r"\.") for name in _NAMES)]) + r")\.?"
"""The pattern of a currency in small letters; the longer names stand first, as the first that fits is taken."""


def code_of(word: str) -> str:
    """Return the SQL of the code of a currency that is named by a text in small letters, without points and spaces.

    NULL where nothing is named, or several currencies are of that name.
    """
    by_code: dict[str, list[str]] = {}
    for name, code in WORDS.items():
        by_code.setdefault(code, []).append(name.replace(".", "").replace(" ", ""))
    cases = " ".join(
        f"WHEN {word} IN ({', '.join(literal(name) for name in names)}) THEN {literal(code) if code else 'NULL'}"
        for code, names in by_code.items()
    )
    stems = " ".join(
        f"WHEN regexp_full_match({word}, '(?:{stem})(?:коп[а-я]*)?') THEN '{code}'" for stem, code in _STEMS.items()
    )
    codes = ", ".join(literal(code) for code in sorted(CODES))
    is_code = f"length({word}) = 3 AND {word} IN ({codes})"
    return f"CASE WHEN {word} = '' THEN NULL {cases} WHEN {is_code} THEN upper({word}) {stems} END"


def told_code(text: str) -> str:
    """Return the SQL of the code of the currency that a cell names: rub, руб., $, Доллар США, USD ($), 643.

    What names no currency that is known stays as it is, so that nobody takes it for the company's own.
    """
    usual = ", ".join(literal(code.upper()) for code in sorted(CODES - {"rur", "byr"}))
    named = " ".join(f"WHEN regexp_full_match(lower(c), {literal(names)}) THEN '{code}'" for names, code in _NAMED)
    numbers = " ".join(f"WHEN c = {literal(number)} THEN '{code}'" for number, code in _NUMBERS.items())
    inside = "regexp_extract(c, '(?:^|[^A-Za-z])([A-Z]{3})(?:$|[^A-Za-z])', 1)"
    bare = "replace(replace(lower(c), '.', ''), ' ', '')"
    words = f"CASE {named} {numbers} WHEN {is_code(inside)} THEN {inside} END"
    others = f"coalesce({code_of(bare)}, {words}, c)"
    found = f"CASE WHEN c IS NULL THEN NULL WHEN upper(c) IN ({usual}) THEN upper(c) ELSE {others} END"
    # written once over a name: the text itself is long SQL, and the engine's plan grows with each time it stands
    return f"list_transform([{text}], lambda c: {found})[1]"


def is_code(text: str) -> str:
    """Return the SQL that says whether a text is the code of a currency in capitals."""
    return f"{text} IN ({', '.join(literal(code.upper()) for code in sorted(CODES))})"
