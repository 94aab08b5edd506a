// The words of plans as people edit them.

import { learn } from './dictionary.ts';
import en from './plans.en.json' with { type: 'json' };
import ru from './plans.ru.json' with { type: 'json' };

learn({ ru, en });
