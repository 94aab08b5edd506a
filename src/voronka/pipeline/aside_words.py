"""Why a row was put aside, in the words of whoever is to mend it."""

import re

_RUSSIAN = {
    "malformed_row": "число полей не как в заголовке",
    "too_few_fields": "полей меньше, чем в заголовке",
    "too_many_fields": "полей больше, чем в заголовке",
    "stray_quote": "кавычки стоят так, что поля не разделить",
    "truncated": "строка оборвана",
    "bad_encoding": "символы строки не читаются в кодировке файла",
    "nul_character": "в строке нулевой байт",
    "other_header": "строка из другой таблицы: перед ней другой заголовок",
    "bad_json": "строка — не целый объект JSON",
    "missing_key": "нет номера, по которому узнаётся запись",
    "damaged_id": "номер испорчен табличной программой",
    "ambiguous_number": "тысячи или дробь: в столбце есть и то и другое",
    "bad_time": "не дата",
    "bad_day": "не дата",
    "bad_money": "не сумма",
    "bad_number": "не число",
    "bad_integer": "не целое число",
    "bad_share": "не доля и не процент",
    "bad_duration": "не длительность",
    "bad_boolean": "не «да» и не «нет»",
    "bad_phone": "не телефон",
    "bad_email": "не адрес почты",
    "bad_id": "номер не читается",
}
_VALUE = re.compile(r"(?P<column>.+?): not [^:]+: (?P<value>.*)", re.DOTALL)
_NO_KEY = re.compile(r"no value in the key: (?P<column>.+)")


def aside_told(reason: str, message: str, language: str) -> str:
    """Return the message of a row put aside in a language: the kind of fault, its column and value where told."""
    kind = _RUSSIAN.get(reason) if language == "ru" else None
    if kind is None:
        return message
    value, key = _VALUE.fullmatch(message), _NO_KEY.fullmatch(message)
    if value is not None:
        return f"{kind} — {value['column']}: {value['value']}"
    return f"{kind}: {key['column']}" if key is not None else kind
