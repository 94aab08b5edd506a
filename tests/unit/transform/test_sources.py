from pathlib import Path
from textwrap import dedent

import pytest

from voronka.domain.documents import parse_yaml
from voronka.domain.errors import SettingsError
from voronka.transform.sources import Source, Stream, read_sources


def stream(text: str, into: str = "deals") -> Stream:
    indented = dedent(text).strip().replace("\n", "\n    ")
    source = parse_yaml(
        f"source: crm\nstreams:\n  s:\n    path: a.csv\n    into: {into}\n    {indented}\n", Source, "crm.yml"
    )
    return source.streams["s"]


def test_the_key_is_the_id_where_none_is_given() -> None:
    assert stream("columns: { deal_id: ID, title: Name }").key_columns() == ("ID",)


def test_members_without_an_id_are_known_by_their_name() -> None:
    assert stream("columns: { name: Agent, team: Office }", "employees").key_columns() == ("Agent",)


def test_rows_of_people_with_roles_and_dates_are_known_by_them_too() -> None:
    text = "columns: { employee_id: ID, role: Role, valid_from: From }"
    assert stream(text, "employees").key_columns() == ("ID", "Role", "From")


def test_rows_without_an_id_are_known_by_their_content() -> None:
    assert stream("columns: { title: Name }").key_columns() == ()
    assert stream("columns: { deal_id: \"= 'a' || ID\" }").key_columns() == ()
    assert stream("columns: { deal_id: ID }\nkey: auto").key_columns() == ()


def test_a_key_given_is_the_key() -> None:
    assert stream("columns: { deal_id: ID }\nkey: No").key_columns() == ("No",)
    assert stream("columns: { deal_id: ID }\nkey: [a, b]").key_columns() == ("a", "b")


@pytest.mark.parametrize(
    ("text", "into", "said"),
    [
        ("columns: { deal_idd: ID }", "deals", "deals has no column deal_idd. Did you mean deal_id or lead_id?"),
        ("columns: { deal_id: ID }", "deal", "there is no table deal to import into. Did you mean deals"),
        ("columns: { account_id: ID }\nstage_dates: { Won: W }", "accounts", "stage_dates belongs to leads and deals"),
        ("columns: { deal_id: ID, stage: '= x' }\nvalues: { stage: { a: b } }", "deals", "its column is an expression"),
        ("columns: { deal_id: ID }\nnulls_: []", "deals", "unknown key `nulls_`. Did you mean nulls?"),
        ("columns: { deal_id: ID }\nsnapshot: all", "deals", "snapshot"),
        ("columns: { deal_id: ID }\nread: { header_row: 0 }", "deals", "header_row"),
    ],
)
def test_what_cannot_be_mapped_is_refused_with_its_place(text: str, into: str, said: str) -> None:
    with pytest.raises(SettingsError) as fault:
        stream(text, into)
    assert said in fault.value.sentence()
    assert fault.value.where.startswith("crm.yml")


def test_the_fingerprint_changes_with_the_mapping_and_not_with_the_path() -> None:
    first, other = stream("columns: { deal_id: ID }"), stream("columns: { deal_id: No }")
    assert first.fingerprint() != other.fingerprint()
    assert first.fingerprint() == first.model_copy(update={"path": "b.csv"}).fingerprint()


def test_sources_are_read_by_name_and_each_stands_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    text = "source: crm\nid_space: amo\nstreams: { s: { path: a.csv, into: deals, columns: { deal_id: ID } } }\n"
    (tmp_path / "sources/a.yml").write_text("\ufeff" + text, encoding="utf-8")
    found = read_sources(tmp_path)
    assert (list(found), found["crm"].space) == (["crm"], "amo")
    (tmp_path / "sources/b.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"sources/b.yml: the source crm stands in two files"):
        read_sources(tmp_path)


@pytest.mark.parametrize("name", ["сделки", "a-b", "a b", "../x", 'a"'])
def test_a_streams_name_is_a_plain_word(name: str) -> None:
    quoted = name.replace('"', '\\"')
    with pytest.raises(SettingsError, match="a stream's name has only latin letters"):
        parse_yaml(
            f'source: crm\nstreams: {{ "{quoted}": {{ path: a, into: deals, columns: {{}} }} }}\n', Source, "crm.yml"
        )


def source_with(urls: str) -> Source:
    text = f"source: crm\nurls: {urls}\nstreams:\n  s:\n    path: a.csv\n    into: deals\n    columns: {{}}\n"
    return parse_yaml(text, Source, "crm.yml")


@pytest.mark.parametrize(
    "pattern",
    [
        "https://crm.example.com/deals/{id}",
        "http://crm.example.com:8080/?deal={id}&tab=main",
        "https://crm.example.com/#/deal/{id}/edit",
    ],
)
def test_a_source_says_where_its_records_are_seen(pattern: str) -> None:
    assert source_with(f'{{ deal: "{pattern}" }}').urls == {"deal": pattern}


@pytest.mark.parametrize(
    ("urls", "said"),
    [
        ('{ deal: "javascript:alert({id})" }', "https://crm.example.com/deals/{id}, not javascript:alert({id})"),
        ('{ deal: "https://crm.example.com/deals" }', "not https://crm.example.com/deals"),
        ('{ deal: "https://{id}.example.com/" }', "not https://{id}.example.com/"),
        ('{ deal: "https://crm.example.com{id}" }', "not https://crm.example.com{id}"),
        ('{ deal: "https://crm.example.com/{id}/{id}" }', "not https"),
        ('{ deal: "https://crm.example.com/{number}/{id}" }', "not https"),
        ('{ deals: "https://crm.example.com/{id}" }', "nothing has a page under the name deals. Did you mean deal"),
    ],
)
def test_a_page_that_is_no_web_address_with_an_id_is_refused(urls: str, said: str) -> None:
    with pytest.raises(SettingsError) as fault:
        source_with(urls)
    assert said in fault.value.sentence()
    assert fault.value.where.startswith("crm.yml")
