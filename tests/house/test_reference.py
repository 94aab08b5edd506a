"""The generator of the reference says what it is given, in Markdown that holds together."""

import click

from docs.generate import anchor, commands, listed, table


def test_a_bar_in_a_cell_does_not_cut_it() -> None:
    assert table(["A", "B"], [["x | y", "two\nlines"]]) == "| A | B |\n| --- | --- |\n| x \\| y | two lines |"


def test_names_are_shown_as_code() -> None:
    assert listed(["employee", "team"]) == "`employee`, `team`"
    assert listed({"from": "from_day", "until": "to_day"}) == "`from_day`, `to_day`"


def test_commands_are_walked_with_those_under_them_but_not_the_hidden_ones() -> None:
    group = click.Group("voronka", commands=[click.Group("loads", commands=[click.Command("undo")])])
    group.add_command(click.Command("secret", hidden=True))
    walked = [context.command_path for context in commands(group, click.Context(group, info_name="voronka"))]
    assert walked == ["voronka", "voronka loads", "voronka loads undo"]
    assert anchor("voronka loads undo") == "voronka-loads-undo"
