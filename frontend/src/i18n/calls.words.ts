// The words of the page of calls.

import './blocks.words.ts';
import en from './calls.en.json' with { type: 'json' };
import ru from './calls.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
