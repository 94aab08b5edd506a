// The words of records that may be one, and of what two places say of the same.

import en from './alike.en.json' with { type: 'json' };
import ru from './alike.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
