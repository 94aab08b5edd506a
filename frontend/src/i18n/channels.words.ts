// The words of the page of channels.

import './blocks.words.ts';
import en from './channels.en.json' with { type: 'json' };
import ru from './channels.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
