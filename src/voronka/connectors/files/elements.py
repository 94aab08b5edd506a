"""Takes XML apart element by element, as the parts of workbooks need it: a part in blocks, or a piece at once."""

from xml.parsers import expat


class PartFaultError(Exception):
    """A part of the package is not what it has to be; its text is the cause."""


class Handlers:
    """What is done at the beginnings and ends of elements and with the text between them."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Take the beginning of an element; `name` carries the prefix that the file gives it."""

    def end(self, name: str, /) -> None:
        """Take the end of an element."""

    def text(self, text: str, /) -> None:
        """Take text, of a longer one the next part."""


def local(name: str) -> str:
    """Return an element's or attribute's name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def parser_for(handlers: Handlers) -> expat.XMLParserType:
    """Return a parser that tells `handlers` what it reads: a text at once, in two where it is fed in two blocks."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.text
    return parser


def parse_piece(piece: str, handlers: Handlers, called: str) -> None:
    """Feed one whole element to `handlers`; PartFaultError, which calls it as said, where it is no sound XML."""
    try:
        parser_for(handlers).Parse(piece, True)  # noqa: FBT003 - the library's own signature
    except expat.ExpatError as fault:
        raise PartFaultError(f"{called} is no sound XML: {fault}") from fault
