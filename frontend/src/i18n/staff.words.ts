// The words of people, teams and times as people set them.

import { learn } from './dictionary.ts';
import en from './staff.en.json' with { type: 'json' };
import ru from './staff.ru.json' with { type: 'json' };

learn({ ru, en });
