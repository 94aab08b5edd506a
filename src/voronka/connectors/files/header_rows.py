"""Finds the row that holds the names of the columns among the first rows of a table."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

ROWS_LOOKED_AT = 200
KNOWN_MIN = 2
NUMBERED_MIN = 5  # in fewer columns, a record may hold 1, 2, 3 by chance
WIDTH_SHARE = 0.75  # a header may leave some columns without a name; the words above a group of columns fill fewer
CONSISTENT_SHARE = 0.5  # of the rows below a header of words; there may be totals and remarks
CONSISTENT_SHARE_OF_VALUES = 0.9  # below a row that holds figures
NARROW_WEIGHT = 0.5  # lines of one value count half: above and below a table there are many of them
_NO_LETTERS = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """Return a header's letters and digits in one piece, in lower case; the number sign is an n."""
    plain = name.replace("№", "n").casefold().replace("ё", "е")
    return plain if plain.isalnum() else _NO_LETTERS.sub("", plain)


def numbers_columns(cells: Sequence[str]) -> bool:
    """Say whether a row below a header counts the columns: 1, 2, 3 ..., as forms of bookkeeping do."""
    filled = [cell.strip() for cell in cells]
    while filled and not filled[-1]:
        filled.pop()
    return len(filled) >= NUMBERED_MIN and filled == [str(place) for place in range(1, len(filled) + 1)]


def hits(names: Sequence[str], words: Collection[str]) -> int:
    """Return how many of `names` are among folded `words`, each word counted once."""
    return len({name for name in map(folded, filter(None, names)) if name in words}) if words else 0


def find_header(
    rows: Sequence[Sequence[str]], expected: Sequence[str] = (), known: Collection[str] = frozenset()
) -> int | None:
    """Return the index of the header, None where all rows are blank.

    The row with most of the `expected` names is the header; else the first that consists of `known` words; else the
    first that is as wide as most rows are.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    wanted = {folded(name) for name in expected}
    return _with_expected(rows, wanted) if _is_told(rows, wanted) else _by_words(rows, filled, known)


def _is_told(rows: Sequence[Sequence[str]], wanted: set[str]) -> bool:
    return bool(wanted) and max((hits(row, wanted) for row in rows), default=0) >= min(KNOWN_MIN, len(wanted))


def _with_expected(rows: Sequence[Sequence[str]], wanted: set[str]) -> int:
    found = [hits(row, wanted) for row in rows]
    return found.index(max(found))


def _by_words(rows: Sequence[Sequence[str]], filled: Sequence[int], known: Collection[str]) -> int | None:
    usual = _usual(filled)
    for index, (row, count) in enumerate(zip(rows, filled, strict=True)):
        told = hits(row, known) if count >= usual / 2 else 0
        if told >= KNOWN_MIN and told * 2 >= count:
            return _below_groups(rows, index, known)
    return _by_shape(rows, filled, usual)


def _below_groups(rows: Sequence[Sequence[str]], index: int, known: Collection[str]) -> int:
    """Return the row of names below one that names groups of columns, which may be known words too."""
    below = index + 1
    while below < len(rows) and _is_wordy(rows[below]) and hits(rows[below], known) > hits(rows[index], known):
        index, below = below, below + 1
    return index


def _usual(filled: Sequence[int]) -> int:
    """Return how many values most rows hold, the greater number where two are as frequent."""
    counts: Counter[int] = Counter(count for count in filled if count)
    weighed = {count: times * (1 if count > 1 else NARROW_WEIGHT) for count, times in counts.items()}
    return max(weighed, key=lambda count: (weighed[count], count), default=0)


def _by_shape(rows: Sequence[Sequence[str]], filled: Sequence[int], usual: int) -> int | None:
    first = next((index for index, count in enumerate(filled) if count), None)
    wide = next((index for index, count in enumerate(filled) if count >= usual * WIDTH_SHARE and count), first)
    if first is None or wide is None or wide == first:
        return first
    if not _is_wordy(rows[wide]):  # data: their header is narrower than they are
        wide = next((i for i in range(wide) if filled[i] > 1 and filled[i] * 2 >= usual and _is_wordy(rows[i])), wide)
    below = [count for count in filled[wide + 1 :] if count]
    alike = sum(1 for count in below if count >= usual * WIDTH_SHARE)
    least = CONSISTENT_SHARE if _is_wordy(rows[wide]) else CONSISTENT_SHARE_OF_VALUES
    return wide if alike >= least * len(below) else first


def _is_wordy(row: Sequence[str]) -> bool:
    return not any(letter.isdigit() for cell in row for letter in cell)
