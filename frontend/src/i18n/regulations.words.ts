// The words of regulations as people set them.

import { learn } from './dictionary.ts';
import en from './regulations.en.json' with { type: 'json' };
import ru from './regulations.ru.json' with { type: 'json' };

learn({ ru, en });
