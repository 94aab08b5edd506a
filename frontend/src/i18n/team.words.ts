// The words of the page of the team.

import './blocks.words.ts';
import en from './team.en.json' with { type: 'json' };
import ru from './team.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
