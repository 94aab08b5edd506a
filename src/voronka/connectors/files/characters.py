"""Knows the characters that should not be in a table: those nobody sees, and those that are left of lost letters."""

import codecs
import re
from collections.abc import Sequence

BROKEN = "\ufdd0"  # no character of any text: stands where bytes are no letter of the encoding
LOST = "\ufffd"
DECODING = "voronka-broken"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_UNSEEN = "\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
UNSEEN = re.compile(f"[{_UNSEEN}]|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")


def _second_bytes(encoding: str) -> str:
    """Return as a set of a pattern what the second bytes of UTF-8 become when they are read in a one-byte encoding."""
    made = {bytes([byte]).decode(encoding, "ignore") for byte in range(0x80, 0xC0)} | set(map(chr, range(0x80, 0xA0)))
    return "".join(sorted(re.escape(letter) for letter in made if letter)) + LOST


# UTF-8 read as Russian Windows (РџСЂРё..), as western Windows (ÐŸÑ€..), and western letters read so (Ã©, â€™)
MOJIBAKE = re.compile(
    f"(?:[РС][{_second_bytes('cp1251')}]){{2,}}"
    f"|(?:[ÐÑ][{_second_bytes('cp1252')}]){{2,}}"
    f"|Ã[{_second_bytes('cp1252')}]|Â[\u00a0-\u00bf]|â€|â„–|ï»¿|ï¿½"
)
QUESTION_MARKS = re.compile(r"(?:^|[^\w?!])\?{4,}|(?:^|[^\w?!])\?{2,}(?: \?{2,})+|^\?{3,}$")
# one look at a line: what it does not find is not there
HINT = re.compile(f"[\x00{_UNSEEN}\u200d{BROKEN}{LOST}ÐÑÃÂâïѕЅµ°‚Ђ]|\\?\\?\\?|\\?\\? \\?\\?")
# the same for the engine, all but what stands for bytes that are no letters
ENGINE_HINT = f"[{_UNSEEN}\u200d{LOST}]|\\?\\?\\?|\\?\\? \\?\\?|{MOJIBAKE.pattern}"

INVISIBLE = "invisible_characters"
LOST_CHARACTERS = "lost_characters"
MOJIBAKE_CODE = "mojibake"


def visible(text: str) -> str:
    """Return the text without the characters that nobody sees; a joiner between two emoji stays."""
    return UNSEEN.sub("", text)


def doubts(text: str) -> tuple[str, ...]:
    """Return the codes of what is doubtful about the letters of a value that stays as it is."""
    found = []
    if LOST in text or QUESTION_MARKS.search(text):
        found.append(LOST_CHARACTERS)
    if MOJIBAKE.search(text):
        found.append(MOJIBAKE_CODE)
    return tuple(found)


def looked_at(values: Sequence[str]) -> tuple[list[str], set[str]]:
    """Return values without invisible characters, and the codes of what was doubtful about them."""
    clean = [visible(value) for value in values]
    found = {code for value in clean for code in doubts(value)}
    return clean, found | ({INVISIBLE} if clean != list(values) else set())


def shown(text: str) -> str:
    """Return the text of a record put aside in characters that every program can show."""
    return text.replace(BROKEN, LOST).replace("\x00", "")


def _broken(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return BROKEN, fault.end


codecs.register_error(DECODING, _broken)
