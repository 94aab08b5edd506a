// The words of the board and of contests.

import './blocks.words.ts';
import en from './board.en.json' with { type: 'json' };
import ru from './board.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
