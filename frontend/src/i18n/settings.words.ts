// The words of the settings page.

import { learn } from './dictionary.ts';
import en from './settings.en.json' with { type: 'json' };
import ru from './settings.ru.json' with { type: 'json' };

learn({ ru, en });
