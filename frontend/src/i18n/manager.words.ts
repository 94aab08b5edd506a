// The words of the page of one person.

import './blocks.words.ts';
import en from './manager.en.json' with { type: 'json' };
import ru from './manager.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
