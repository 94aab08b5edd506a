// How a share answered in time is shaded; the figure itself stands in the cell, so colour says nothing alone.

export type Shade = 'none' | 'few' | 'kept' | 'nearly' | 'broken';

/** As the page's conclusion draws the line. */
const KEPT = 90;
const BROKEN = 70;
/** Fewer leads say nothing of an hour. */
const ENOUGH = 5;

export function shadeOf(rate: number | null, leads: number | null): Shade {
  if (rate === null || !leads) return 'none';
  if (leads < ENOUGH) return 'few';
  return rate >= KEPT ? 'kept' : rate < BROKEN ? 'broken' : 'nearly';
}
