-- one row per manager and span in a team: every tenth changed teams once
WITH people AS (
  SELECT
    i AS id,
    ['Иванов', 'Петрова', 'Сидоров', 'Кузнецова', 'Смирнов', 'Попова', 'Васильев', 'Соколова', 'Михайлов', 'Новикова',
     'Фёдоров', 'Морозова', 'Волков', 'Алексеева', 'Лебедев', 'Семёнова', 'Егоров', 'Павлова', 'Козлов', 'Степанова',
     'Николаев', 'Орлова', 'Андреев', 'Макарова', 'Никитин'][1 + i % 25]
    || ' ' || ['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья', 'Егор', 'Жанна', 'Захар', 'Ирина', 'Кирилл',
     'Лидия', 'Максим', 'Нина', 'Олег', 'Полина', 'Роман', 'София', 'Тимур', 'Ульяна', 'Фёдор'][1 + i // 25 % 20]
    || CASE WHEN i >= 500 THEN ' ' || i // 500 ELSE '' END AS name,
    getvariable('start') + CAST(100 + drawn(i, 1, getvariable('days') - 200) AS INTEGER) AS moved_on
  FROM range(getvariable('employees')) AS r(i)
)
SELECT id AS "ID", name AS "Имя", 'Отдел ' || (1 + id % 24) AS "Отдел", NULL AS "С", NULL AS "По"
FROM people
WHERE id % 10 <> 0
UNION ALL
SELECT id, name, 'Отдел ' || (1 + id % 24), NULL, moved_on FROM people WHERE id % 10 = 0
UNION ALL
SELECT id, name, 'Отдел ' || (1 + (id + 7) % 24), moved_on, NULL FROM people WHERE id % 10 = 0
ORDER BY 1, 4 NULLS FIRST
