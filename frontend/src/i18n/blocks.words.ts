// The words that pages of blocks share.

import en from './blocks.en.json' with { type: 'json' };
import ru from './blocks.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
