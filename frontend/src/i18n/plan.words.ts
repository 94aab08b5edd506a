// The words of the page of plans.

import './blocks.words.ts';
import { learn } from './dictionary.ts';
import en from './plan.en.json' with { type: 'json' };
import ru from './plan.ru.json' with { type: 'json' };

learn({ ru, en });
