-- one row per call of a telephone exchange, written as a Russian Excel would
SELECT
  i AS "Номер",
  strftime(happened(i, getvariable('calls'), 2), '%d.%m.%Y %H:%M') AS "Дата",
  ['Иванов', 'Петрова', 'Сидоров', 'Кузнецова', 'Смирнов', 'Попова', 'Васильев', 'Соколова'][1 + drawn(i, 3, 8)]
    || ' ' || ['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья', 'Егор'][1 + drawn(i, 4, 6)] AS "Менеджер",
  '8' || CAST(9000000000 + drawn(i, 5, 999999999) AS VARCHAR) AS "Телефон",
  CASE WHEN part(i, 6) < 0.6 THEN 'исх' ELSE 'вх' END AS "Тип",
  CASE WHEN part(i, 7) < 0.6 THEN replace(CAST(CAST(drawn(i, 8, 60000) / 100.0 AS DECIMAL(9,2)) AS VARCHAR), '.', ',') ELSE '' END
    AS "Длительность, с",
  drawn(i, 9, 45) AS "Ожидание"
FROM range(getvariable('calls')) AS r(i)
