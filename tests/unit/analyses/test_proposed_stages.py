"""What cases often go through between two stages is proposed as one; what is done everywhere, or seldom, is not."""

from tests.unit.analyses.test_grey_zones import STEPS, process_of
from voronka.analyses.grey_zones import Process
from voronka.analyses.proposed_stages import proposals


def told(process: Process) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [
        (STEPS[each.source], STEPS[each.target], tuple(STEPS[step] for step in each.steps), each.passages)
        for each in proposals(process)
    ]


def cases(number: int, way: str) -> list[tuple[str, int | None, float]]:
    return [(way, None, 0.0)] * number


def test_a_stage_outside_of_the_model_in_a_tenth_of_passages_is_proposed() -> None:
    found = proposals(process_of(*cases(10, "New@0 Offer@1 Lawyers@3 Won@9"), *cases(90, "New@0 Offer@1 Won@9")))
    assert [(STEPS[each.source], STEPS[each.target]) for each in found] == [("Offer", "Won")]
    assert (found[0].passages, found[0].cases, found[0].share, found[0].median_seconds) == (10, 10, 10, 6 * 3600)
    assert told(process_of(*cases(10, "Offer@1 Lawyers@3 Won@9"), *cases(91, "Offer@1 Won@9"))) == []


def test_work_is_proposed_where_it_is_done_here_mostly_and_nowhere_else() -> None:
    here, elsewhere = cases(30, "New@0 call@1 Offer@5 Won@6"), cases(31, "New@4 Offer@5 call@6 Won@9")
    assert told(process_of(*here)) == [("New", "Offer", ("call",), 30)]
    # of 61 passages from New half were with a call, but more calls were made elsewhere
    assert told(process_of(*here, *elsewhere)) == [("Offer", "Won", ("call",), 31)]


def test_the_longer_sub_path_stands_for_the_shorter_where_it_is_nearly_always_so() -> None:
    both = cases(19, "New@0 call@1 Lawyers@2 Offer@9")
    assert told(process_of(*both, *cases(1, "New@0 Lawyers@2 Offer@9"))) == [("New", "Offer", ("call", "Lawyers"), 19)]
    assert told(process_of(*both, *cases(11, "New@0 Lawyers@2 Offer@9"))) == [
        ("New", "Offer", ("Lawyers",), 30),
        ("New", "Offer", ("call",), 19),
    ]


def test_what_is_done_as_the_next_stage_is_entered_is_no_stage() -> None:
    assert told(process_of(*cases(30, "New@0 call@91 Offer@100"))) == []
    assert told(process_of(*cases(30, "New@0 call@90 Offer@100"))) == [("New", "Offer", ("call",), 30)]


def test_few_passages_propose_nothing_and_repeats_of_a_case_are_one_case() -> None:
    assert told(process_of(*cases(19, "New@0 Lawyers@2 Offer@9"))) == []
    often = " ".join(f"New@{hour} Lawyers@{hour + 1} Offer@{hour + 2}" for hour in range(0, 9, 3))
    # 27 passages of nine cases, and of ten 30
    assert told(process_of(*cases(9, often))) == []
    assert told(process_of(*cases(10, often))) == [("New", "Offer", ("Lawyers",), 30)]
    assert told(process_of()) == []


def test_what_leads_to_several_stages_is_proposed_once_where_most_go() -> None:
    won, lost = cases(30, "New@0 Lawyers@2 Won@9"), cases(25, "New@0 Lawyers@2 Lost@90")
    assert told(process_of(*won, *lost)) == [("New", "Won", ("Lawyers",), 30)]
