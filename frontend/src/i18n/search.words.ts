// The words of the search, of saved views, and of what a link does not find.

import { learn } from './dictionary.ts';
import en from './search.en.json' with { type: 'json' };
import ru from './search.ru.json' with { type: 'json' };

learn({ ru, en });
