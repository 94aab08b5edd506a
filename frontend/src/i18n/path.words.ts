// The words of the page of the customer's path.

import './blocks.words.ts';
import { learn } from './dictionary.ts';
import en from './path.en.json' with { type: 'json' };
import ru from './path.ru.json' with { type: 'json' };

learn({ ru, en });
