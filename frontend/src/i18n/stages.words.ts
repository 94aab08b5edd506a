// The words of stages and of what settings change in the figures.

import { learn } from './dictionary.ts';
import en from './stages.en.json' with { type: 'json' };
import ru from './stages.ru.json' with { type: 'json' };

learn({ ru, en });
