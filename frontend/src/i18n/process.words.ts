// The words of another process on the page of the customer's path.

import './path.words.ts';
import { learn } from './dictionary.ts';
import en from './process.en.json' with { type: 'json' };
import ru from './process.ru.json' with { type: 'json' };

learn({ ru, en });
