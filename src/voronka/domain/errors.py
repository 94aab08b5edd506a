"""One tree of errors; the class says what can be done about it, and builds the sentence a person reads."""

from collections.abc import Iterable
from difflib import get_close_matches


class VoronkaError(Exception):
    """What happened, where (file, table, record), and what to do; each part a short sentence without its full stop."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what = what
        self.where = where
        self.do = do
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """Return the whole message: `where: what. Do.`, the parts that are empty left out."""
        located = f"{self.where}: {self.what}" if self.where else self.what
        if not self.do:
            return located
        return f"{located}. {self.do}" + ("" if self.do.endswith("?") else ".")


class RetryError(VoronkaError):
    """The same call may go through later: another process holds what is needed."""


class InputError(VoronkaError):
    """A file was refused whole; nothing of it was loaded and earlier data are untouched."""


class StorageError(VoronkaError):
    """The disk did not take or give what was needed: it is full, broken, or not ours to write; data are untouched."""


class SettingsError(VoronkaError):
    """voronka.toml, a source or a pipeline file says something that cannot be done."""

    exit_code = 2


class DefinitionError(VoronkaError):
    """A metric's definition is wrong."""

    exit_code = 2


class QuestionError(VoronkaError):
    """What was asked cannot be answered as asked: an unknown name, a cut that a metric lacks, rows out of scope."""

    exit_code = 2


class SignInError(VoronkaError):
    """Nobody is signed in, or not as who they say they are."""


class NotAllowedError(VoronkaError):
    """Whoever asks may look, and not change this."""


class OurMistakeError(VoronkaError):
    """A fault of Voronka itself."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown name: the nearest known ones, best first, else the whole list if short."""
    names = sorted(set(known))
    close = get_close_matches(name.lower(), [n.lower() for n in names], n=3, cutoff=0.6)
    nearest = sorted((n for n in names if n.lower() in close), key=lambda n: close.index(n.lower()))
    if nearest:
        return f"Did you mean {' or '.join(nearest)}?"
    if len(names) <= 12:  # noqa: PLR2004 - a list a person can read at a glance
        return f"Known: {', '.join(names)}" if names else ""
    return ""
