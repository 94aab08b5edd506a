// The words of the workshop of hypotheses.

import { learn } from './dictionary.ts';
import en from './workshop.en.json' with { type: 'json' };
import ru from './workshop.ru.json' with { type: 'json' };

learn({ ru, en });
