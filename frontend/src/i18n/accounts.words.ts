// The words of the page of accounts.

import en from './accounts.en.json' with { type: 'json' };
import ru from './accounts.ru.json' with { type: 'json' };
import './blocks.words.ts';
import { learn } from './dictionary.ts';

learn({ ru, en });
