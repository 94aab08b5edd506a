// The words of who gets in: set-up, invitations, one's own account, users, the audit log.

import en from './access.en.json' with { type: 'json' };
import ru from './access.ru.json' with { type: 'json' };
import { learn } from './dictionary.ts';

learn({ ru, en });
