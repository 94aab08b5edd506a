"""Compiles a stream's mapping to one staging SELECT over raw rows; quarantine is the failing half of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voronka.domain.errors import SettingsError, did_you_mean
from voronka.domain.faults import FAULTS
from voronka.lake.raw import header_of, raw_name
from voronka.lake.session import literal, quoted
from voronka.transform.currencies import told_code
from voronka.transform.duration_readers import unit_of
from voronka.transform.expressions import Columns, compile_expression
from voronka.transform.header_names import header_names
from voronka.transform.header_units import currency_of, scale_of
from voronka.transform.identities import identity, is_damaged, known_text, name_text
from voronka.transform.import_tables import TYPES, Reader
from voronka.transform.known_words import GROUPS, METRIC, coded, nearest, no_metric
from voronka.transform.number_marks import CONTRADICTING, UNCLEAR_NUMBER
from voronka.transform.number_readers import currency
from voronka.transform.readers import Reading, cleaned, failed, read, typed_text
from voronka.transform.readings import GUESS, Need, Zones
from voronka.transform.sources import KNOWN_BY_NAME, Source, Stream
from voronka.transform.time_readers import EARLIEST

SERVICE = {
    "_source": "TEXT",
    "_stream": "TEXT",
    "_key": "TEXT",
    "_load_id": "TEXT",
    "_file": "TEXT",
    "_row": "BIGINT",
    "_received_at": "TIMESTAMP",
    "_deleted": "BOOLEAN",
}
"""Columns that every staging table has beside those of its import table."""
_UNTOLD = "malformed_row"
_SEE = "See the columns with `voronka map FILE`"
_WORDS = {
    "time": "a date or time",
    "day": "a date",
    "number": "a number",
    "money": "an amount of money",
    "integer": "a whole number",
    "share": "a share or percent",
    "duration": "a duration",
    "boolean": "yes or no",
    "phone": "a phone number",
    "email": "an e-mail address",
}
_NAMES = frozenset(
    {
        *("employee", "manager", "handed_by", "from_employee", "to_employee", "lead", "parent", "team", "resource"),
        *("contact", "account", "product", "channel", "campaign"),
    }
)
"""Columns of names: what stands there is somebody or something, so that a spelling of nothing must not become one."""
_OF_CURRENCY = ("amount", "cost", "margin")
"""Columns of money whose signs tell the currency where no column does, the first that is mapped."""


@dataclass(frozen=True)
class StagingSelect:
    """A compiled mapping: texts to clean, needs to read, and the cells made of them, all as SQL by column name.

    `ids` are the texts of ids by the column's name; the signs in the amounts of `signed` tell the currency;
    `spoken` are the column's name and the text of those of our columns whose words are known, by the group of words.
    """

    source: Source
    stream_name: str
    stream: Stream
    zones: Zones
    texts: Mapping[str, str]
    needs: tuple[Need, ...]
    key: str | None
    cells: Mapping[str, str]
    stage_cells: Mapping[str, Need] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    signed: Need | None = None
    spoken: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Return the stream's name as people know it."""
        return f"{self.source.source}.{self.stream_name}"

    def own_space(self, ours: str) -> str:
        """Return what stands before the ids of one of our columns, '' where they are as the source has them."""
        return _space(self.source, self.stream, ours)

    def need_of(self, ours: str) -> Need | None:
        """Return what one of our columns is read from, None where it is a text, an expression or not mapped."""
        return next((need for need in self.needs if need.value == self.cells.get(ours)), None)

    def with_texts(self, relation: str) -> str:
        """Return the SELECT of all raw columns with the cleaned texts beside them."""
        texts = "".join(f", {sql} AS {name}" for name, sql in self.texts.items())
        return f"SELECT *{texts} FROM {relation}"

    def valued(self, relation: str, readings: Mapping[str, Reading]) -> str:
        """Return the SELECT of raw columns, texts, values and the key."""
        return self.values_of(f"({self.with_texts(relation)})", readings)

    def values_of(self, texts: str, readings: Mapping[str, Reading]) -> str:
        """Return what `valued` gives, of a relation that has the texts already."""
        given = "".join(f", {typed_text(need.text, readings[need.key])} AS {need.given}" for need in self.needs)
        values = "".join(
            f", {read(readings[need.key], need.given, self.zones.company)} AS {need.value}" for need in self.needs
        )
        key = "_key" if self.key is None else f"coalesce({self.key}, CASE WHEN _deleted THEN _key END)"
        values += self._currency(readings)
        return f"SELECT * REPLACE ({key} AS _key){values} FROM (SELECT *{given} FROM {texts})"

    def _currency(self, readings: Mapping[str, Reading]) -> str:
        if self.signed is None:
            return ""
        stated = currency_of(self.signed.name)
        told = [currency(self.signed.given)] if readings[self.signed.key].is_signed else []
        told += [f"CASE WHEN {self.signed.given} IS NOT NULL THEN {literal(stated)} END"] if stated else []
        return f", coalesce({', '.join([*told, 'CAST(NULL AS TEXT)'])}) AS _currency"

    def base(self, relation: str, readings: Mapping[str, Reading]) -> str:
        """Return what `valued` gives, and the reason why a row cannot be taken."""
        return self.checked(f"({self.valued(relation, readings)})", readings)

    def checked(self, values: str, readings: Mapping[str, Reading]) -> str:
        """Return what `base` gives, of a relation that has the values already."""
        checks = self._checks(readings)
        numbers = " ".join(f"WHEN {test} THEN {number}" for number, (test, _, _) in enumerate(checks))
        reasons = " ".join(f"WHEN {number} THEN {reason}" for number, (_, reason, _) in enumerate(checks))
        messages = " ".join(f"WHEN {number} THEN {message}" for number, (_, _, message) in enumerate(checks))
        failed = f"CASE WHEN _deleted THEN NULL {numbers} END AS _failed"
        return (
            f"SELECT *, CASE _failed {reasons} END AS _reason, CASE _failed {messages} END AS _message "
            f"FROM (SELECT *, {failed} FROM {values})"
        )

    def staging(self, relation: str, readings: Mapping[str, Reading], *, all_taken: bool = False) -> str:
        """Return the SELECT of the rows that can be taken, in the columns of the import table.

        all_taken: it is known that these readings put no row aside, so that none needs to be looked at for that.
        """
        if all_taken:
            return self._staged(f"({self.valued(relation, readings)})")
        return self.taken(self.base(relation, readings))

    def taken(self, checked: str) -> str:
        """Return what `staging` gives, of a SELECT that gives what `base` does."""
        return self._staged(f"({checked}) WHERE _reason IS NULL")

    def _staged(self, rows: str) -> str:
        columns = self.stream.table.columns
        cells = [f"CAST({self.cells.get(name, 'NULL')} AS {TYPES[kind]}) AS {name}" for name, kind in columns.items()]
        return f"SELECT {', '.join([*cells, *self._service()])} FROM {rows}"

    def stage_dates(self, relation: str, readings: Mapping[str, Reading]) -> str | None:
        """Return the SELECT of stage changes that the stream's stage dates make, None where it has none.

        Each version of a record tells of each stage, by no date too; `_updated_at` is the version's own.
        """
        if not self.stage_cells:
            return None
        identity = f"{self.stream.table.key}"
        updated = f"CAST({self.cells.get('updated_at', 'NULL')} AS TIMESTAMP)"
        found = [
            f"SELECT {self.cells[identity]} AS {identity}, {literal(stage)} AS stage, {need.value} AS changed_at, "
            f"'property' AS told_by, {', '.join(self._service())}, {updated} AS _updated_at "
            "FROM base WHERE _reason IS NULL"
            for stage, need in self.stage_cells.items()
        ]
        return f"WITH base AS ({self.base(relation, readings)}) {' UNION ALL '.join(found)}"

    def quarantine(self, relation: str, readings: Mapping[str, Reading], raw_columns: Sequence[str]) -> str:
        """Return the SELECT of the rows put aside, in the columns of the core's quarantine."""
        payload = ", ".join(f"{literal(header_of(name))}: {quoted(name)}" for name in raw_columns)
        fields = f"CAST(to_json({{{payload}}}) AS TEXT)" if payload else "'{}'"
        source, stream = literal(self.source.source), literal(self.stream_name)
        return (
            f"SELECT _load_id AS load_id, {source} AS source, {stream} AS stream, _file AS file, _row AS row_number, "
            f"_key AS key, _reason AS reason, _message AS message, coalesce(_malformed, {fields}) AS payload "
            f"FROM ({self.base(relation, readings)}) WHERE _reason IS NOT NULL"
        )

    def _service(self) -> list[str]:
        own = {"_source": literal(self.source.source), "_stream": literal(self.stream_name)}
        return [f"{own.get(name, name)} AS {name}" for name in SERVICE]

    def _checks(self, readings: Mapping[str, Reading]) -> list[tuple[str, str, str]]:
        """Return what a row may fail, the first that it fails counting: test, reason and message as SQL."""
        no_key = f"no value in the key: {', '.join(self.stream.key_columns())}"
        checks = [
            ("_malformed IS NOT NULL", f"coalesce(_fault, {literal(_UNTOLD)})", _fault_told()),
            ("_key IS NULL", literal("missing_key"), literal(no_key)),
        ]
        for name, text in self.ids.items():
            said = literal(f"{name}: a spreadsheet cut the last digits off: ")
            checks.append((is_damaged(text), literal("damaged_id"), f"{said} || {text}"))
        if METRIC in self.spoken:
            checks.append(self._no_metric())
        if self.stream.into == "rates" and (rate := self.need_of("rate")) is not None:
            said = literal(f"{rate.name}: not a rate above zero: ")
            checks.append((f"{rate.value} <= 0", literal("bad_number"), f"{said} || {rate.text}"))
        for need in self.needs:
            reading = readings[need.key]
            if need.reader == GUESS or reading.reader == "text":
                continue
            said = literal(f"{need.name}: not {_WORDS[reading.reader]}: ")
            test = failed(reading, need.given, need.value, self.zones.company)
            checks.append((test, literal(f"bad_{reading.reader}"), _told_of(need, reading, said)))
            if reading.note == CONTRADICTING and reading.reader != "integer":
                unclear = f"regexp_full_match({need.given}, {literal(UNCLEAR_NUMBER)})"
                said = literal(f"{need.name}: not clear, as {CONTRADICTING}: ")
                checks.append((unclear, literal("ambiguous_number"), f"{said} || {need.text}"))
        return checks

    def _no_metric(self) -> tuple[str, str, str]:
        name, text = self.spoken[METRIC]
        hint = f"coalesce('. Did you mean ' || {nearest(METRIC, text)} || '?', '; `voronka metrics` lists them')"
        said = f"{literal(f'{name}: not a metric: ')} || {text} || {hint}"
        message = f"coalesce({said}, {literal(f'{name}: says no metric')})"
        return f"coalesce({no_metric(text)}, true)", literal("unknown_metric"), message


def _told_of(need: Need, reading: Reading, said: str) -> str:
    """Return the SQL of why a text is no value: of a date, that its year is no likely one where that is all."""
    plain = f"{said} || {need.text}"
    if reading.reader not in EARLIEST:
        return plain
    first, last = int(EARLIEST[reading.reader][:4]) + (reading.reader == "time"), reading.latest_year
    year = f"TRY_CAST(regexp_extract({need.text}, '(?:^|[^0-9])([0-9]{{4}})(?:[^0-9]|$)', 1) AS INTEGER)"
    far = literal(f"{need.name}: not {_WORDS[reading.reader]} between {first} and {last}: ")
    return f"CASE WHEN NOT {year} BETWEEN {first} AND {last} THEN {far} ELSE {said} END || {need.text}"


def _fault_told() -> str:
    told = " ".join(f"WHEN {literal(code)} THEN {literal(said)}" for code, said in FAULTS.items())
    return f"CASE coalesce(_fault, {literal(_UNTOLD)}) {told} ELSE {literal(FAULTS[_UNTOLD])} END"


@dataclass
class _Compiler:
    source: Source
    name: str
    stream: Stream
    zones: Zones
    headers: Sequence[str]
    texts: dict[str, str] = field(default_factory=dict)
    by_text: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        return f"{self.source.source}.{self.name}"

    def called(self, wanted: str) -> list[str]:
        """Return what a column is called: several names where it was given another one between two files."""
        found = self.stream.called(wanted, self.headers)
        if not found:
            hint = self._now_called(wanted) or did_you_mean(wanted, self.headers) or _SEE
            raise SettingsError(f"the file has no column `{wanted}`", where=self.where, do=hint)
        return found

    def _now_called(self, wanted: str) -> str:
        """Return what to do where a column that nothing reads means the same as a missing one; '' where none does."""
        ours = {name for name, theirs in self.stream.columns.items() if theirs == wanted}
        read = {*self.stream.columns.values(), *self.stream.key_columns()}
        for header in (each for each in self.headers if each not in read):
            if did_you_mean(wanted, [header]).startswith("Did you mean"):
                return ""  # a slip of the pen, not another name
            if any(match.ours in ours for match in header_names()[self.stream.into].exact(header)):
                place = f"sources/{self.source.source}.yml, stream {self.name}"
                return f"It may be called `{header}` now: if it means the same, write it under `renamed` in {place}"
        return ""

    def text(self, sql: str) -> str:
        if sql not in self.by_text:
            self.by_text[sql] = f"_t{len(self.texts)}"
            self.texts[self.by_text[sql]] = sql
        return self.by_text[sql]

    def column(self, wanted: str, ours: str | None = None, reader: str = "") -> str:
        names = self.called(wanted)
        header = wanted if wanted in self.stream.renamed else names[0]
        cells = [cleaned(quoted(raw_name(name)), self.stream.nulls) for name in names]
        sql = cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})"
        shown = identity(sql) if reader == "id" else _worded(ours or "", sql) if reader == "text" else sql
        group = GROUPS.get((self.stream.into, ours or ""))
        if group:
            shown = coded(group, shown)
        given = self.stream.values.get(ours or "", {})
        if given:
            cases = " ".join(f"WHEN {literal(theirs)} THEN {literal(_word(value))}" for theirs, value in given.items())
            shown = f"CASE {sql} {cases} ELSE {shown} END"
        text = self.text(shown)
        self.origins[text] = f"{header} nulls {list(self.stream.nulls)} values {dict(given)}"
        if reader == "id":
            self.ids[header] = text
        if group:
            self.spoken[group] = (header, text)
        return text

    def need(self, shown: str, reader: str, text: str, origin: str | None = None, unit: str = "") -> Need:
        made_of = f"{origin or self.origins[text]}{f' in {unit}' if unit else ''}{self.options(reader)}"
        need = Need(shown, reader, text, str(len(self.needs)), made_of, unit)
        return self.needs.setdefault(need.key, need)

    def options(self, reader: str) -> str:
        """Return the options that a reading depends on: where one changes, earlier loads are decided anew."""
        told = [f"zones {self.zones.source} {self.zones.company}"] if reader in {"time", "day", GUESS} else []
        if reader in {"time", "day", GUESS} and self.stream.read.dates != "auto":
            told.append(f"dates {self.stream.read.dates}")
        if reader not in {"time", "day"} and self.stream.read.decimal != "auto":
            told.append(f"decimal {self.stream.read.decimal}")
        return "".join(f" [{part}]" for part in told)

    def cell(self, ours: str, theirs: str, reader: Reader) -> str:
        value = (
            self._expression(ours, theirs[1:], reader) if theirs.startswith("=") else self._plain(ours, theirs, reader)
        )
        return self.identifier(ours, value) if reader == "id" else value

    def _plain(self, ours: str, theirs: str, reader: Reader) -> str:
        text = self.column(theirs, ours, reader)
        if reader in {"text", "id"}:
            return text
        unit = unit_of(theirs) if reader == "duration" else scale_of(theirs) if reader in {"money", "number"} else ""
        return self.need(theirs, reader, text, unit=unit).value

    def _expression(self, ours: str, text: str, reader: Reader) -> str:
        def value(name: str, sql: str, shown: str) -> str:
            if name == "text":
                return sql
            return self.need(shown, name, self.text(sql), f"{shown} {self.stream.nulls}").value

        columns = Columns(self.column, lambda name: self.need(name, GUESS, self.column(name)).value, value)
        sql = compile_expression(text, f"{self.where}: {ours}", reader, columns)
        wanted = TYPES[reader]
        return f"TRY_CAST(({sql}) AS {wanted})"

    def identifier(self, ours: str, text: str) -> str:
        space = _space(self.source, self.stream, ours)
        return f"{literal(space)} || {text}" if space else text

    def key(self) -> str | None:
        columns = self.stream.key_columns()
        if not columns:
            return None
        texts = [self.column(name, reader="id") for name in columns]
        if len(texts) == 1:
            return texts[0]
        given = " OR ".join(f"{text} IS NOT NULL" for text in texts)
        joined = " || '|' || ".join(f"coalesce({text}, '')" for text in texts)
        return f"CASE WHEN {given} THEN {joined} END"


def compile_mapping(source: Source, name: str, headers: Iterable[str], zone: str) -> StagingSelect:
    """Return the staging SELECT of a stream over raw rows with these headers; `zone` is the company's.

    Raises SettingsError naming the stream where a mapped column is not among the headers, or an expression is wrong.
    """
    stream = source.streams[name]
    zones = Zones(stream.read.time_zone or zone, zone)
    compiler = _Compiler(source, name, stream, zones, list(headers))
    columns = stream.table.columns
    key = compiler.key()
    cells = {ours: compiler.cell(ours, theirs, columns[ours]) for ours, theirs in stream.columns.items()}
    identity = stream.table.key
    if identity and identity not in cells and stream.into not in KNOWN_BY_NAME:
        cells[identity] = compiler.identifier(identity, "_key")
    if "talk_seconds" in cells and "answered" not in cells and "answered" in columns:
        cells["answered"] = f"coalesce({cells['talk_seconds']} > 0, false)"
    stages = {
        stage: compiler.need(theirs, "time", compiler.column(theirs)) for stage, theirs in stream.stage_dates.items()
    }
    needs = tuple(compiler.needs.values())
    signed = _signed(stream, cells, needs)
    if signed is not None:
        cells["currency"] = f"coalesce({cells['currency']}, _currency)" if "currency" in cells else "_currency"
    texts = dict(compiler.texts)
    ids, spoken = dict(compiler.ids), dict(compiler.spoken)
    return StagingSelect(source, name, stream, zones, texts, needs, key, cells, stages, ids, signed, spoken)


def _signed(stream: Stream, cells: Mapping[str, str], needs: Sequence[Need]) -> Need | None:
    """Return the amounts whose signs tell the currency where its own column does not; None: the table has none."""
    if "currency" not in stream.table.columns:
        return None
    values = [cells[ours] for ours in _OF_CURRENCY if ours in cells]
    return next((need for value in values for need in needs if need.value == value), None)


def _space(source: Source, stream: Stream, ours: str) -> str:
    """Return what is put before the ids of one of our columns: ids of activities are told apart by their kind."""
    kind = "call" if stream.into == "call_legs" else stream.table.kind
    return f"{source.prefix}{kind}:" if ours == "activity_id" and kind else source.prefix


def _worded(ours: str, text: str) -> str:
    """Return the SQL of a text as one of our columns has it."""
    if ours == "currency":
        return told_code(known_text(text))
    return name_text(text) if ours in _NAMES else known_text(text)


def _word(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
