"""Tells by the letters of a text in which one-byte encoding it is written: Russian ones first, then western ones."""

import re
from dataclasses import dataclass
from itertools import pairwise

RUSSIAN = {"cp1251": 1.02, "koi8-r": 1.0, "cp866": 1.0, "iso8859-5": 0.98, "mac-cyrillic": 0.97}  # as they occur
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
# how frequent each pair of letters is in Russian texts of the trade, from 0 (never) to 9; a row for each first letter
PAIRS = (
    "07766878368879176881165745000067"
    "50110601303503705602003005261022"
    "80110805705626836744061151071004"
    "41007300500453807002000000000000"
    "90510950704528815216031040070007"
    "44678647576989269791566745000022"
    "60006700601005100004000000000000"
    "91855530304256507004001100061005"
    "64668957677878736881677651000048"
    "00001000002514000530001220000000"
    "91500501801803947377003000000000"
    "83030830907216800517000300058057"
    "71100800700164670206000000051006"
    "91435910907008900486004400087047"
    "07989767578988578890446761000306"
    "70000800704703929116000001031002"
    "91531950805155911568010330074016"
    "72507700608734867596170730147028"
    "90816801706446958806500200077004"
    "04347265016663065660020735000050"
    "50000500600000604010000000000000"
    "20410000100001801203000000000000"
    "60100700600000200013000000030000"
    "80000800805006100061000060006000"
    "40000800601604100052000000000000"
    "40000700700001000001000000000000"
    "00000200000000000000000000000001"
    "03533703571562055360070540000001"
    "00040603207056000330100070000023"
    "00000000001101000070000000000000"
    "02005000000100011160000204000010"
    "01502404011555001170036416000033"
)
PAIR_MIN = 4.0  # the mean over Russian text is near 7; of text read in a wrong encoding, below 3
FEW_PAIRS = 12
PAIR_MIN_OF_FEW = 2.0
ODD_COST = 2  # letters that a sign of money at a word speaks against: it is a letter of another encoding
UNUSUAL_COST = 6  # a capital after a small letter: what KOI8-R read as Windows is full of
RUSSIAN_SHARE_MIN = 0.75
WESTERN_SHARE_MIN = 0.95
WESTERN_RUN_MAX = 2.0  # accented letters stand alone between plain ones; Russian words are whole runs
PLAIN_MARKS = "\u00a0«»—–-…“”„‘’‚•·°№§©®™€±×÷´`¨¬¦†‡‰‹›µ¶¹²³½¼¾¡¿£¥¢ºª"
WESTERN_LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŸ"
OTHER_LETTERS = {  # of languages whose letters western Windows lacks
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("âçğıîöşüûİ",),
}
RUSSIAN_MARKS = set("№\u00a0«»—–…“”„’•°±·§©®™€".encode("cp1251").decode("latin-1"))
ODD_BESIDE_LETTERS = "£¥¹³²¼½¾¢¤¦¬µ¶"
_WORD = re.compile("[А-Яа-яЁё]+")
_MIXED = re.compile("[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")  # Russian letters seldom stand in words of others
_SIGN_IN_WORD = re.compile("[А-Яа-яЁё][€£¥¤¢]|[€£¥¤¢][А-Яа-яЁё]")
_HIGH_RUN = re.compile("[^\x00-\x7f]+")


@dataclass(frozen=True)
class Guess:
    """An encoding that a text may be in: the codec and how it was told."""

    codec: str
    reason: str


def guess(sample: bytes) -> Guess | None:
    """Return the encoding whose letters the sample is made of, None where none of them is likely."""
    runs = _HIGH_RUN.findall(sample.decode("latin-1"))
    if not runs:
        return None
    if "\xb9" in "".join(runs) and set("".join(runs)) <= RUSSIAN_MARKS:
        return Guess("cp1251", "not UTF-8; read so, it holds the number sign and other signs of Russian Windows")
    is_western_first = sum(map(len, runs)) / len(runs) <= WESTERN_RUN_MAX
    ways = (_western, _russian) if is_western_first else (_russian, _western)
    return next((found for way in ways if (found := way(sample))), None)


def _russian(sample: bytes) -> Guess | None:
    scores = {codec: weight * _score(sample, codec) for codec, weight in RUSSIAN.items()}
    codec = max(scores, key=lambda codec: scores[codec])
    if not scores[codec]:
        return None
    return Guess(codec, "not UTF-8; read so, its letters and pairs of letters are those of Russian")


def _score(sample: bytes, codec: str) -> float:
    """Return how Russian the sample is in this encoding, 0 where it is not."""
    text = sample.decode(codec, "replace")
    high = [letter for letter in text if letter > "\x7f"]
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if not letters or letters + sum(letter in PLAIN_MARKS for letter in high) < RUSSIAN_SHARE_MIN * len(high):
        return 0.0
    if len(_MIXED.findall(text)) * 2 > len(words):
        return 0.0
    pairs = [pair for word in words for pair in pairwise(word)]
    if not pairs:
        return 0.1
    mean = sum(map(_frequency, pairs)) / len(pairs)
    least = PAIR_MIN if len(pairs) > FEW_PAIRS else PAIR_MIN_OF_FEW
    sure = max(0, letters - ODD_COST * len(_SIGN_IN_WORD.findall(text)))
    return mean * sure / len(high) if mean >= least else 0.0


def _frequency(pair: tuple[str, str]) -> int:
    first, second = (letter.lower().replace("ё", "е") for letter in pair)
    unusual = UNUSUAL_COST if pair[0].islower() and pair[1].isupper() else 0
    return int(PAIRS[LETTERS.index(first) * len(LETTERS) + LETTERS.index(second)]) - unusual


def _western(sample: bytes) -> Guess | None:
    if _is_made_of(sample.decode("cp1252", "replace"), WESTERN_LETTERS):
        has_windows_marks = any(0x80 <= byte < 0xA0 for byte in sample)  # noqa: PLR2004 - what ISO 8859 leaves out
        codec = "cp1252" if has_windows_marks else "iso8859-1"
        return Guess(codec, "not UTF-8; read so, it holds western letters and signs")
    fitting = [
        codec
        for codec, languages in OTHER_LETTERS.items()
        if any(_is_made_of(sample.decode(codec, "replace"), letters + letters.upper()) for letters in languages)
    ]
    if len(fitting) != 1:  # none, or letters that are others in each: better asked than guessed
        return None
    return Guess(fitting[0], "not UTF-8; read so, all its letters are those of one language")


def _is_made_of(text: str, letters: str) -> bool:
    """Say whether nearly all that is not ASCII are these letters, most of them beside plain ones, or plain marks."""
    high = [place for place, letter in enumerate(text) if letter > "\x7f"]
    accented = [place for place in high if text[place] in letters]
    marks = [place for place in high if text[place] in PLAIN_MARKS]
    if len(accented) + len(marks) < WESTERN_SHARE_MIN * len(high):
        return False
    beside = sum(1 for place in accented if any(map(_is_plain, _beside(text, place))))
    odd = sum(1 for place in high if _is_odd(text, place))
    return beside * 2 >= len(accented) and odd * 20 <= len(high)


def _beside(text: str, place: int) -> tuple[str, str]:
    return text[place - 1 : place] if place else "", text[place + 1 : place + 2]


def _is_odd(text: str, place: int) -> bool:
    """Say whether a sign stands as a letter does, or a capital inside a word."""
    before, after = _beside(text, place)
    if text[place] in ODD_BESIDE_LETTERS:
        return before.isalpha() or after.isalpha()
    return text[place].isupper() and before.islower()


def _is_plain(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
