// Months of the page as ISO texts.

/** Both days of a month that is written 2026-11. */
export function monthDays(month: string): { from: string; to: string } {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
}

/** Whether the day stands inside the month that is written 2026-11. */
export function isRunning(month: string, today: string): boolean {
  return today.startsWith(month);
}
