import pytest

from voronka.connectors.files.elements import Handlers, PartFaultError, local, parse_piece, parser_for
from voronka.domain.errors import InputError


class Told(Handlers):
    """Keeps what it is told, in order."""

    def __init__(self) -> None:
        self.all: list[object] = []

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Keep a beginning."""
        self.all.append((name, attributes))

    def end(self, name: str, /) -> None:
        """Keep an end."""
        self.all.append(f"/{name}")

    def text(self, text: str, /) -> None:
        """Keep a text."""
        self.all.append(text)


def test_a_piece_is_told_in_order_its_text_in_one_and_its_names_as_the_file_has_them() -> None:
    told = Told()
    parse_piece("<x:a k='1'>one &amp;\ntwo<b/></x:a>", told, "a row")
    assert told.all == [("x:a", {"k": "1"}), "one &\ntwo", ("b", {}), "/b", "/x:a"]


@pytest.mark.parametrize("piece", ["<a><b></a>", "<a>", "<a/><a/>", "<a><!DOCTYPE b></a>", ""])
def test_a_piece_that_is_not_one_whole_element_is_told_by_what_it_is_called(piece: str) -> None:
    with pytest.raises(PartFaultError, match="a row is no sound XML: "):
        parse_piece(piece, Told(), "a row")


def test_a_fault_that_a_handler_finds_goes_through_as_it_is() -> None:
    class Strict(Handlers):
        def start(self, name: str, attributes: dict[str, str], /) -> None:
            raise PartFaultError(f"there is no place for {name}{len(attributes)}")

    with pytest.raises(PartFaultError, match="there is no place for a0"):
        parse_piece("<a/>", Strict(), "a row")


def test_a_parser_takes_a_part_in_blocks_and_tells_the_text_of_each_by_itself() -> None:
    told = Told()
    parser = parser_for(told)
    for block in (b"<a>t", b"ext<", b"/a>"):
        parser.Parse(block, False)  # noqa: FBT003 - the library's own signature
    parser.Parse(b"", True)  # noqa: FBT003 - the same
    assert told.all == [("a", {}), "t", "ext", "/a"]


def test_the_prefix_of_a_name_is_left_out() -> None:
    assert (local("x:row"), local("row")) == ("row", "row")


def test_the_fault_of_a_part_is_no_refusal_by_itself() -> None:
    assert not issubclass(PartFaultError, InputError)
