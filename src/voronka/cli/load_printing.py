"""Prints what became of loads: tables, remarks, what a dry run found, in the company's language."""

from collections.abc import Mapping, Sequence

from voronka.cli.printing import as_table, note, print_told
from voronka.pipeline.aside_words import aside_told
from voronka.pipeline.extending import stages_flag
from voronka.pipeline.importing import Outcome
from voronka.pipeline.sentences import error_in, sentence_in

LOADED, WOULD_LOAD = "loaded", "would be loaded"
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "wrote": "записано: {files}",
        "map_next": "Дальше: voronka import --dry-run, потом voronka import и voronka build.",
        "map_kept_nothing": "Ничего не записано: добавьте --write, чтобы сохранить разметку.",
        "next": "Дальше: voronka build",
        "stages_next": "Добавьте эти этапы с их исходом в файл папки pipelines/, иначе записи останутся в работе.",
        "added": "{file}: ещё одна выгрузка потока {stream}, читается так же.",
        "stays": "Пока файл лежит там, где его читает поток, каждый import откажет снова. Исправьте его или уберите:"
        " {files}",
        "aside": "{stream}: отложено строк: {n}, {reason}: {message}",
        "flag": "{stream}: {code}: {message}",
        "flag_rows": "{stream}: {code}: {message} (строк: {n})",
        "assumed": "{stream}: день первым принят в {names}: по файлу не видно. Если первым идёт месяц, скажите это в "
        'потоке источника {source}: `read: {{ dates: "%m/%d/%Y" }}`, со знаками вашего файла.',
        "compared": "  новых записей {new}, обновятся {updated}, без изменений {unchanged}",
        "read": "прочитан как: {how}",
        "rebuilt": "Построено заново таблиц: {n} из {total}.",
        "more": "ещё {n}: voronka loads aside --format csv покажет все.",
        "wrote_aside": "записано строк потока {stream}: {n}, в {file}. Исправьте их, потом: voronka import {file}",
        "load": "{load} ({stream}, строк: {n})",
        "is_already": "{load}: уже {state}, ничего не изменилось.",
        "is_now": "{load}: теперь {state}.",
        "let_go": "снято со списка отложенных строк: {n}, загрузка {load}. Вернуть их: voronka loads undo {line}",
        "mended_stay": "Исправленные строки этой загрузки загружены отдельно и остаются в показателях: {n} ({loads})."
        " С ними вместе: voronka loads undo --with-mended",
        "mended_out": "Исправленные строки этой загрузки остаются вне показателей: {n} ({loads})."
        " С ними вместе: voronka loads redo --with-mended",
        "build_to_see": "Чтобы цифры это учли: voronka build.",
    },
    "en": {
        "wrote": "wrote {files}",
        "map_next": "Next: voronka import --dry-run, then voronka import and voronka build.",
        "map_kept_nothing": "Nothing was written: add --write to keep the mapping.",
        "next": "Next: voronka build",
        "stages_next": "Add these stages with their outcomes to a file of pipelines/, else their records stay open.",
        "added": "{file} is a further export of the stream {stream} and is read alike.",
        "stays": "While a file lies where its stream reads it, each import refuses it again. Mend it or move it away:"
        " {files}",
        "aside": "{stream}: {n} rows put aside, {reason}: {message}",
        "flag": "{stream}: {code}: {message}",
        "flag_rows": "{stream}: {code}: {message} ({n} rows)",
        "assumed": "{stream}: day first was assumed in {names}: nothing tells. Where the month comes first, say so in "
        'the stream of the source {source}: `read: {{ dates: "%m/%d/%Y" }}`, with the marks of your file.',
        "compared": "  {new} new records, {updated} updated, {unchanged} unchanged",
        "read": "read as {how}",
        "rebuilt": "{n} of {total} tables rebuilt.",
        "more": "{n} more: voronka loads aside --format csv prints all.",
        "wrote_aside": "wrote {n} rows of {stream} to {file}. Mend them, then: voronka import {file}",
        "load": "{load} ({stream}, {n} rows)",
        "is_already": "{load} is {state} already: nothing changed.",
        "is_now": "{load} is now {state}.",
        "let_go": "rows taken off the list of those put aside: {n}, of {load}. To undo that: voronka loads undo {line}",
        "mended_stay": "Mended rows of this load were loaded on their own and stay in the figures: {n} ({loads})."
        " To take them out too: voronka loads undo --with-mended",
        "mended_out": "Mended rows of this load stay out of the figures: {n} ({loads})."
        " To bring them back too: voronka loads redo --with-mended",
        "build_to_see": "Run voronka build to see it in the figures.",
    },
}
"""What is said of loads, by language."""
READ: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "kind": "вид",
        "encoding": "кодировка",
        "separator": "разделитель",
        "header_row": "заголовок в строке",
        "sheet": "лист",
        "total_rows": "строк итогов",
        "closing_rows": "строк под таблицей",
    },
    "en": {
        "kind": "kind",
        "encoding": "encoding",
        "separator": "separator",
        "header_row": "header row",
        "sheet": "sheet",
        "total_rows": "total rows",
        "closing_rows": "closing rows",
    },
}
"""What was decided about a file; another thing is called as in the JSON."""


def print_outcomes(outcomes: Sequence[Outcome], form: str, language: str, *, dry_run: bool) -> None:
    """Print a row a load, then what people should know of each."""
    rows = [
        {
            "stream": o.stream,
            "file": ", ".join(o.files),
            "state": o.state,
            "load": o.load_id,
            "rows": o.rows_read,
            "good": o.rows_good,
            "repeated": o.rows_repeated,
            "aside": o.rows_quarantined,
            "deleted": o.rows_deleted,
            "flags": len(o.flags),
        }
        for o in outcomes
    ]
    print_told(rows, form)
    for outcome in outcomes:
        for line in _remarks(outcome, language):
            note(line)
        if dry_run and outcome.state == WOULD_LOAD:
            _print_trial(outcome, language)


def _remarks(outcome: Outcome, language: str) -> list[str]:
    """Return why a load was refused, which rows are aside, what is doubtful in the others."""
    words, said = WORDS[language], {"stream": outcome.stream}
    lines = [f"voronka: {error_in(language, outcome.error)}"] if outcome.error is not None else []
    for reason, n, message in outcome.reasons:
        lines.append(words["aside"].format(**said, n=n, reason=reason, message=aside_told(reason, message, language)))
    for flag in (*stages_flag(outcome.new_stages), *outcome.flags):
        told = {**said, "code": flag.code, "message": sentence_in(language, flag.message), "n": f"{flag.rows:,}"}
        lines.append(words["flag_rows" if flag.rows else "flag"].format(**told))
    if outcome.new_stages:
        lines.append(words["stages_next"])
    if outcome.state == LOADED and outcome.assumed:
        names = ", ".join(f"`{name}`" for name in outcome.assumed)
        lines.append(words["assumed"].format(**said, names=names, source=outcome.stream.partition(".")[0]))
    return lines


def _print_trial(outcome: Outcome, language: str) -> None:
    words = WORDS[language]
    note(f"\n{outcome.stream}, {', '.join(outcome.files)}")
    note(words["read"].format(how=_how_read(outcome.reading, language)))
    if outcome.compared is not None:
        note(words["compared"].format(**{name: f"{n:,}" for name, n in outcome.compared.shown().items()}))
    for column, how in outcome.columns.items():
        note(f"  {column}: {sentence_in(language, how)}")
    if outcome.sample:
        note(as_table(outcome.sample, list(outcome.sample[0])))


def _how_read(reading: Mapping[str, str], language: str) -> str:
    """Return what was decided about a file, with the reasons in brackets."""
    words = READ[language]
    parts = []
    for key, value in reading.items():
        if not key.endswith("_reason"):
            reason = f" ({sentence_in(language, reading[f'{key}_reason'])})" if f"{key}_reason" in reading else ""
            parts.append(f"{words.get(key, key.replace('_', ' '))} {value}{reason}")
    return "; ".join(parts)
