"""The pages of metrics speak the reader's language and hold together."""

import re

from docs.metric_pages import index_page, metric_pages, path_of, slug
from tests.house.test_links import anchors, links
from voronka.metrics.catalogue import Catalogue


def page(path: str) -> str:
    return metric_pages()[path]()


def test_a_heading_is_linked_to_as_repositories_do() -> None:
    assert slug("Доля ответов") == "доля-ответов"
    assert slug("CPL: what a lead costs") == "cpl-what-a-lead-costs"


def test_there_is_a_page_per_subject_and_language_and_an_index() -> None:
    subjects = Catalogue.load().subjects()
    assert len(metric_pages()) == 2 * len(subjects) + 1
    assert path_of(subjects[0], "ru") == "metrics/ru/activities.md"


def test_the_index_leads_to_headings_that_there_are() -> None:
    targets = [link.split("#") for link in links(index_page()) if link.startswith("metrics/")]
    assert len(targets) == 2 * len(Catalogue.load().names)
    assert [link for link, anchor in targets if anchor not in anchors(page(link))] == []


def test_no_two_headings_of_a_page_are_alike_and_none_ends_in_a_sign() -> None:
    for path, make in metric_pages().items():
        headings = re.findall(r"^##+ (.+)$", make(), re.MULTILINE)
        assert sorted(set(headings)) == sorted(headings), path
        assert [heading for heading in headings if slug(heading).endswith("-")] == []


def test_a_metric_is_told_with_question_definition_formula_variants_and_an_example() -> None:
    text = page("metrics/ru/closed_deals.md").partition("## Процент закрытия сделок\n")[2].partition("\n## ")[0]
    for said in (
        "`win_rate`\n\nКакую часть закрытых сделок выигрываем?\n\nВыигранные в процентах от закрытых",
        "- Как считается: 100 × «Продажи» / («Продажи» + «Отказы»)",
        "- По какой дате: закрытие",
        "- Вариант: `from_accepted`: То же, но только по сделкам, дошедшим до вехи «принято»",
        "- Пример: [Процент закрытия команды",
    ):
        assert said in text
    assert ".yml" not in text


def test_an_example_is_a_table_in_the_words_of_the_reader() -> None:
    russian = page("metrics/ru/calls.md").partition("### Дозвон считается по исходящим")[2].partition("\n### ")[0]
    assert "| Сотрудник | Дозвоны | Дозвон, % |" in russian
    assert "| Boris | 0 | — |" in russian
    assert "входящий" in russian
    assert "в разрезе: сотрудник." in russian
    english = page("metrics/en/calls.md").partition("### Reach is of outgoing calls")[2].partition("\n### ")[0]
    assert "| Employee | Reached calls | Reach rate |" in english


def test_parts_of_formulas_stand_at_the_end() -> None:
    last = page("metrics/en/meetings.md").partition("## Parts of formulas")[2]
    assert "| Time in meetings | `meeting_hours` |" in last
