from voronka.domain.faults import FAULTS


def test_every_fault_is_a_word_for_programs_and_a_sentence_for_people() -> None:
    assert all(code.replace("_", "").isalpha() and code.islower() for code in FAULTS)
    assert len(set(FAULTS.values())) == len(FAULTS)
