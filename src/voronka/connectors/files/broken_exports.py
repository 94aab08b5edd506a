"""Tells a remark below the rows that says their export broke off or left rows out: `Fatal error`, `first 1000 rows`."""

import re

EXPORT_CUT = "export_cut"
_ERROR = (
    r"\b(?:fatal error|parse error|internal (?:server )?error|uncaught|unhandled|exception|traceback|stack trace"
    r"|segmentation fault|out of memory|memory size|memory limit|time[d ]?[ -]?out|execution time|connection (?:was )?"
    r"(?:lost|reset|closed|aborted)|server has gone away|deadlock|aborted|interrupted|sqlstate|ora-\d{3,}"
    r"|превышен[оа]? (?:врем|лимит|допустим|ограничен|объ[её]м)|недостаточно памяти|нехватка памяти|тайм-?аут"
    r"|соединение (?:потеряно|прервано|разорвано|закрыто)"
    r"|(?:выгрузка|экспорт|операция) (?:прерван|не заверш|оборван|останов)"
    r"|произошла ошибка|внутренняя ошибка|ошибка (?:сервера|базы|выгрузки|экспорта|запроса|при))"
)
_BEGINS = r"^\W*(?:error|warning|ошибка|сбой)\b\s*[:!#\d]"
_LEFT_OUT = (
    r"\b(?:truncated|row limit|limit (?:reached|exceeded)|limited to|only (?:the )?first|more rows"
    r"|results? (?:are )?limited"
    r"|первые [\d ]+ (?:строк|запис)|только первые|показаны не все|выгружены не все|не все (?:строки|записи)"
    r"|достигнут (?:лимит|предел)|ограничен[оаы]? [\d ]+ (?:строк|запис))"
)
_CUT = re.compile(f"{_BEGINS}|{_ERROR}|{_LEFT_OUT}", re.IGNORECASE)


def says_cut(remark: str) -> bool:
    """Say whether a remark tells that the rows above it are not all."""
    return _CUT.search(remark) is not None
