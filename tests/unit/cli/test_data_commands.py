import csv
import io
import json
from pathlib import Path
from typing import Any

from click.testing import Result

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_import_tells_each_load_and_its_rows(voronka: Voronka, company: CompanyFolder) -> None:
    deals, people = rows(voronka("import", "--format", "json", company=company))
    load = deals.pop("load")
    assert len(load) == 10
    assert deals == {
        "stream": "crm.deals",
        "file": "exports/crm/deals.csv",
        "state": "loaded",
        "rows": 4,
        "good": 4,
        "repeated": 0,
        "aside": 0,
        "deleted": 0,
        "flags": 0,
    }
    assert people["stream"] == "crm.people"
    assert {row["state"] for row in rows(voronka("import", "--format", "json", company=company))} == {"already loaded"}


def test_import_of_one_source_one_stream_or_one_file(voronka: Voronka, company: CompanyFolder) -> None:
    company.stream("pbx", "calls", "id\n1\n", into="calls", columns={"activity_id": "id"})
    assert [r["stream"] for r in rows(voronka("import", "pbx", "--format", "json", company=company))] == ["pbx.calls"]
    found = rows(voronka("import", "--stream", "people", "--format", "json", company=company))
    assert [r["stream"] for r in found] == ["crm.people"]
    file = company.export("crm", "deals", "no,who,team,sum,made,won,stage\n", suffix="-2")
    found = rows(voronka("import", str(file), "--format", "json", company=company))
    assert {r["file"] for r in found} == {"exports/crm/deals.csv", "exports/crm/deals-2.csv"}
    assert sorted(path.name for path in (company.folder / "sources").iterdir()) == ["crm.yml", "pbx.yml"]


def test_import_of_a_file_takes_every_stream_that_reads_it(voronka: Voronka, company: CompanyFolder) -> None:
    columns = {"deal_id": "no", "kind": "team"}
    company.stream("crm", "again", None, path="exports/crm/deals.csv", into="deals", columns=columns)
    file = company.folder / "exports/crm/deals.csv"
    found = rows(voronka("import", str(file), "--format", "json", company=company))
    assert [row["stream"] for row in found] == ["crm.deals", "crm.again"]


def test_import_of_a_new_file_proposes_its_mapping_and_keeps_it(voronka: Voronka, company: CompanyFolder) -> None:
    file = company.write("exports/calls.csv", "Call Id,Agent,Call Date,Duration\n1,Anna,2026-01-05 10:00,60\n")
    result = voronka("import", str(file), "--into", "calls", company=company)
    assert result.exit_code == 0, result.stderr
    assert "wrote sources/crm.yml" in result.stderr
    assert "loaded" in result.stdout


def test_a_further_export_is_added_to_its_stream(voronka: Voronka, company: CompanyFolder) -> None:
    first = company.write("exports/calls.csv", "Call Id,Agent,Call Date,Duration\n1,Anna,2026-01-05 10:00,60\n")
    assert voronka("import", str(first), "--into", "calls", company=company).exit_code == 0
    second = company.write("other/february.csv", "Call Id,Agent,Call Date,Duration\n2,Anna,2026-02-05 10:00,60\n")
    result = voronka("import", str(second), "--into", "calls", "--format", "json", company=company)
    assert [(row["stream"], row["state"], row["good"]) for row in rows(result)] == [("crm.calls", "loaded", 1)]
    again = voronka("import", str(second), "--format", "json", company=company)
    assert [row["state"] for row in rows(again)] == ["already loaded"]


def test_a_dry_run_shows_how_columns_are_read_and_loads_nothing(voronka: Voronka, company: CompanyFolder) -> None:
    result = voronka("import", "--dry-run", company=company)
    assert result.exit_code == 0
    assert "would be loaded" in result.stdout
    assert "made: time, iso" in result.stderr
    assert "crm:3" in result.stderr
    assert rows(voronka("loads", "--format", "json", company=company)) == []


def test_a_refused_file_exits_with_one_and_says_why_while_others_are_loaded(
    voronka: Voronka, company: CompanyFolder
) -> None:
    company.export("crm", "deals", "no,who\n9,Anna\n", suffix="-2")
    result = voronka("import", company=company)
    assert result.exit_code == 1
    assert "the file has no column `sum`" in result.stderr
    assert "Mend it or move it away: exports/crm/deals-2.csv" in result.stderr
    assert "refused" in result.stdout
    assert result.stdout.count(" loaded ") == 2


def test_rows_put_aside_are_counted_and_shown_with_reasons(voronka: Voronka, company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,Anna,North,many,2026-01-05,,New\n", suffix="-2")
    result = voronka("import", company=company)
    assert result.exit_code == 0
    assert "crm.deals: 1 rows put aside" in result.stderr or "crm.deals: 1 row put aside" in result.stderr
    voronka("build", company=company)
    (row,) = rows(voronka("loads", "aside", "--format", "json", company=company))
    assert (row["file"], row["row_number"], row["key"]) == ("exports/crm/deals-2.csv", 2, "8")


def test_rows_aside_are_written_mended_and_imported_again(
    voronka: Voronka, company: CompanyFolder, tmp_path: Path
) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,Anna,North,many,2026-01-05,,New\n", suffix="-2")
    voronka("import", company=company)
    file = tmp_path / "mend.csv"
    said = voronka("loads", "aside", "--to", str(file), company=company).stderr
    assert f"wrote 1 rows of crm.deals to {file}" in said
    file.write_text(file.read_text(encoding="utf-8-sig").replace("many", "7"), encoding="utf-8")
    (mended,) = rows(voronka("import", str(file), "--format", "json", company=company))
    assert (mended["stream"], mended["state"], mended["good"], mended["aside"]) == ("crm.deals", "loaded", 1, 0)
    (again,) = rows(voronka("import", "--mended", str(file), "--format", "json", company=company))
    assert again["state"] == "already loaded"
    assert voronka("import", "--mended", "nowhere.csv", company=company).exit_code == 2
    assert voronka("loads", "aside", "--to", str(file), company=company).exit_code == 2


def test_stages_of_mended_rows_that_no_pipeline_knows_are_told(
    voronka: Voronka, company: CompanyFolder, tmp_path: Path
) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,Anna,North,many,2026-01-05,,New\n", suffix="-2")
    assert "no pipeline knows" not in voronka("import", company=company).stderr
    file = tmp_path / "mend.csv"
    voronka("loads", "aside", "--to", str(file), company=company)
    text = file.read_text(encoding="utf-8-sig").replace("many", "7").replace("New", "Closed lost")
    file.write_text(text, encoding="utf-8")
    said = voronka("import", str(file), company=company).stderr
    assert "no pipeline knows these stages" in said
    assert "`Closed lost` (lost)" in said
    assert "Add these stages with their outcomes" in said


def test_a_file_is_loaded_with_a_map_that_is_given_and_the_map_is_kept(
    voronka: Voronka, company: CompanyFolder, tmp_path: Path
) -> None:
    columns = tmp_path / "map.json"
    columns.write_text('{"Call": "activity_id", "Begun": "started_at", "Who": null}', encoding="utf-8")
    file = company.write("exports/log.csv", "Call,Begun,Who\n1,2026-01-05 10:00,Anna\n")
    given = ("--into", "calls", "--columns", str(columns), "--time-zone", "Asia/Omsk")
    result = voronka("import", str(file), *given, company=company)
    assert result.exit_code == 0, result.stderr
    text = (company.folder / "sources/crm.yml").read_text(encoding="utf-8")
    assert "read: { time_zone: Asia/Omsk }" in text
    assert "started_at: Begun" in text
    assert "who" not in text.partition("calls:")[2].partition("not mapped")[0].lower()


def test_a_load_is_undone_with_its_mended_rows_or_told_that_they_stay(
    voronka: Voronka, company: CompanyFolder, tmp_path: Path
) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,A,N,many,2026-01-05,,New\n", suffix="-2")
    voronka("import", company=company)
    load = next(row["load"] for row in rows(voronka("loads", "--format", "json", company=company)) if row["aside"])
    file = tmp_path / "mend.csv"
    voronka("loads", "aside", load, "--to", str(file), company=company)
    file.write_text(file.read_text("utf-8-sig").replace("many,2026", "5,2026"), encoding="utf-8")
    voronka("import", str(file), company=company)
    alone = voronka("loads", "undo", load, company=company)
    assert "Mended rows of this load were loaded on their own and stay in the figures: 1" in alone.stderr
    voronka("loads", "redo", load, company=company)
    both = voronka("loads", "undo", load, "--with-mended", company=company)
    assert both.stdout.count("is now undone") == 2
    states = [row["state"] for row in rows(voronka("loads", "--format", "json", company=company))]
    assert states.count("undone") == 2
    one = voronka("loads", "redo", load, company=company)
    assert "Mended rows of this load stay out of the figures: 1" in one.stderr
    back = voronka("loads", "redo", load, "--with-mended", company=company)
    assert back.stdout.count("is now active") == 1
    states = [row["state"] for row in rows(voronka("loads", "--format", "json", company=company))]
    assert states.count("undone") == 0


def test_rows_put_aside_may_be_let_go_and_come_back(voronka: Voronka, company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,A,N,many,2026-01-05,,New\n", suffix="-2")
    voronka("import", company=company)
    load = next(row["load"] for row in rows(voronka("loads", "--format", "json", company=company)) if row["aside"])
    assert voronka("loads", "let-go", load, "--reason", "bad_time", company=company).exit_code == 2
    gone = voronka("loads", "let-go", load, "--reason", "bad_money", company=company)
    assert f"rows taken off the list of those put aside: 1, of {load}" in gone.stdout
    assert voronka("loads", "let-go", load, company=company).exit_code == 2
    voronka("loads", "undo", f"{load}-let-go-1", company=company)
    assert voronka("loads", "let-go", load, company=company).exit_code == 0


def test_flags_of_a_load_are_told_and_listed(voronka: Voronka, company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,A,N,1,2026-01-05,2026-01-01,New\n", suffix="-2")
    result = voronka("import", company=company)
    assert "crm.deals: closed_before_created: `won` lies before `made` (1 rows)" in result.stderr
    assert "closed_before_created" in {
        row["flags"] for row in rows(voronka("loads", "--format", "json", company=company))
    }


def test_build_tells_what_was_rebuilt_and_nothing_when_all_is_fresh(voronka: Voronka, company: CompanyFolder) -> None:
    voronka("import", company=company)
    built = {row["table"]: row for row in rows(voronka("build", "--format", "json", company=company))}
    assert built["fct_deals"]["rows"] == 4
    again = voronka("build", "--format", "json", company=company)
    assert rows(again) == []
    assert again.stderr.startswith("0 of ")
    everything = rows(voronka("build", "--all", "--format", "json", company=company))
    assert {row["rebuilt"] for row in everything} == {False}


def test_loads_are_listed_taken_out_and_brought_back(voronka: Voronka, company: CompanyFolder) -> None:
    voronka("import", company=company)
    load = rows(voronka("loads", "--format", "json", company=company))[0]
    assert (load["stream"], load["files"], load["state"], load["rows"]) == (
        "crm.deals",
        "exports/crm/deals.csv",
        "active",
        4,
    )
    voronka("build", company=company)
    for command, state, won in (("undo", "undone", None), ("undo", "undone", None), ("redo", "active", 3)):
        result = voronka("loads", command, load["load"], company=company)
        assert result.exit_code == 0
        assert (f"is now {state}" in result.stdout) != (f"is {state} already: nothing changed" in result.stdout)
        assert rows(voronka("loads", "--format", "json", company=company))[0]["state"] == state
        voronka("build", company=company)
        assert rows(voronka("query", "deals_won", "--format", "json", company=company)) == [{"deals_won": won}]


def test_the_company_may_be_named_before_undo_too(voronka: Voronka, company: CompanyFolder) -> None:
    voronka("import", company=company)
    load = rows(voronka("loads", "--format", "json", company=company))[0]["load"]
    assert voronka("loads", "--company", str(company.folder), "undo", load).exit_code == 0


def test_an_unknown_load_source_or_stream_is_told_with_the_known_ones(
    voronka: Voronka, company: CompanyFolder, built_company: CompanyFolder
) -> None:
    for arguments, said in (
        (("import", "crn"), "no source or file is named crn. Did you mean crm?"),
        (("import", "--stream", "dels"), "no stream is named dels. Did you mean deals?"),
    ):
        result = voronka(*arguments, company=company)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
    load = rows(voronka("loads", "--format", "json", company=built_company))[0]["load"]
    result = voronka("loads", "undo", f"{load}x", company=built_company)
    assert result.exit_code == 2
    assert f"Может быть, {load}?" in result.stderr


def test_a_company_without_sources_is_told_what_comes_next(voronka: Voronka, tmp_path: Path) -> None:
    voronka("init", str(tmp_path))
    result = voronka("import", "--company", str(tmp_path))
    assert result.exit_code == 2
    assert "voronka map FILE --write" in result.stderr


def test_map_shows_a_mapping_and_writes_it_on_request(voronka: Voronka, tmp_path: Path) -> None:
    voronka("init", str(tmp_path / "c"), "--language", "en")
    file = tmp_path / "deals.csv"
    file.write_text("Deal ID,Owner,Amount,Created,Stage\n1,Anna,100,2026-01-05,Won\n2,Boris,50,2026-01-06,Lost\n")
    shown = voronka("map", str(file), "--company", str(tmp_path / "c"))
    assert shown.exit_code == 0
    assert "Nothing was written" in shown.stderr
    assert list((tmp_path / "c" / "sources").iterdir()) == []
    written = voronka("map", str(file), "--write", "--company", str(tmp_path / "c"))
    assert "wrote sources/crm.yml" in written.stderr
    assert voronka("import", "--dry-run", "--company", str(tmp_path / "c")).exit_code == 0


def test_map_of_a_file_that_is_not_there_is_told(voronka: Voronka, company: CompanyFolder) -> None:
    result = voronka("map", "/nowhere/deals.csv", company=company)
    assert result.exit_code == 1
    assert "/nowhere" in result.stderr


def test_the_table_of_loads_is_told_in_the_companys_time(voronka: Voronka, built_company: CompanyFolder) -> None:
    text = voronka("loads", "--format", "csv", company=built_company).stdout
    assert next(csv.DictReader(io.StringIO(text)))["loaded"] == "2026-03-02 12:00"


def test_rows_aside_are_summed_up_and_only_the_first_are_shown_in_the_table(
    voronka: Voronka, company: CompanyFolder
) -> None:
    lines = "".join(f"{n},Anna,North,many,2026-01-05,,New\n" for n in range(100, 125))
    company.export(
        "crm", "deals", f"no,who,team,sum,made,won,stage\n99,Anna,North,5,2026-01-05,,New\n{lines}", suffix="-2"
    )
    company.load_and_build()
    result = voronka("loads", "aside", company=company)
    assert result.stdout.splitlines()[0].split() == ["load_id", "file", "reason", "rows", "example"]
    assert sum("many" in line for line in result.stdout.splitlines()) == 21
    assert "5 more" in result.stderr
    assert len(rows(voronka("loads", "aside", "--format", "json", company=company))) == 25


def test_an_import_that_loaded_says_what_comes_next(voronka: Voronka, company: CompanyFolder) -> None:
    assert voronka("import", company=company).stderr == "Next: voronka build\n"
    assert voronka("import", company=company).stderr == ""


def test_an_assumed_order_of_day_and_month_is_told_when_loading(voronka: Voronka, company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,who,team,sum,made,won,stage\n8,A,N,1,01/02/2026,03/02/2026,New\n", suffix="-2")
    said = voronka("import", company=company).stderr
    assert "crm.deals: day first was assumed in `made`, `won`: nothing tells" in said
    assert "read: { dates:" in said


def test_a_dry_run_sees_a_mapping_that_no_longer_fits_what_is_loaded(voronka: Voronka, company: CompanyFolder) -> None:
    company.load()
    company.sources["crm"]["streams"]["deals"]["columns"]["kind"] = "sort"
    company.stream("crm", "deals", **company.sources["crm"]["streams"]["deals"])
    result = voronka("import", "--dry-run", company=company)
    assert result.exit_code == 1
    assert "sources/crm.yml" in result.stderr
    assert "no column `sort`" in result.stderr


def test_map_of_a_folder_says_that_it_is_one(voronka: Voronka, company: CompanyFolder) -> None:
    result = voronka("map", str(company.folder / "exports"), company=company)
    assert result.exit_code == 2
    assert "is a folder. Name one file in it" in result.stderr
