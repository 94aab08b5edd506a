// The words of the page of leads.

import './blocks.words.ts';
import { learn } from './dictionary.ts';
import en from './leads.en.json' with { type: 'json' };
import ru from './leads.ru.json' with { type: 'json' };

learn({ ru, en });
