// Which days to open after a load: those that the data cover.

import type { DataPage } from '../api/types.ts';
import { type Days, daysOf, type Preset } from '../state/url.ts';
import type { Loaded } from './looked.ts';

type Fresh = Pick<DataPage['streams'][number], 'source' | 'stream' | 'last_event_at'>;

/** The period in force, or the month that the loaded table ends in (without events: all tables) where it ends before. */
export function periodOf(streams: Fresh[], loaded: Pick<Loaded, 'source' | 'stream'> | null, period: Preset | Days, today: string): Preset | Days {
  const own = streams.filter((each) => each.source === loaded?.source && each.stream === loaded.stream);
  const until = lastOf(own) ?? lastOf(streams);
  return until !== null && until < daysOf(period, today).from ? daysOf('this_month', until) : period;
}

function lastOf(streams: Fresh[]): string | null {
  const days = streams.flatMap((each) => (each.last_event_at ? [each.last_event_at.slice(0, 10)] : []));
  return days.toSorted().at(-1) ?? null;
}
