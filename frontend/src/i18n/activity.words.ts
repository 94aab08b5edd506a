// The words of the page of activity.

import './blocks.words.ts';
import en from './activity.en.json' with { type: 'json' };
import ru from './activity.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
