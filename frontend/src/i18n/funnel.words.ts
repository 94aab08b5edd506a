// The words of the page of the funnel.

import './blocks.words.ts';
import { learn } from './dictionary.ts';
import en from './funnel.en.json' with { type: 'json' };
import ru from './funnel.ru.json' with { type: 'json' };

learn({ ru, en });
