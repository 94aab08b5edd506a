// The words of the data page.

import en from './data.en.json' with { type: 'json' };
import ru from './data.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
