// Saves what the page itself has made (a chart's picture) as a file.

import type { Days } from '../state/url.ts';

/** Offer a file for saving under a name that every system takes. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** "Звонки: по часам" with an ending becomes "Звонки по часам.svg"; of a period, "Звонки, 2026-11-01—2026-11-30.svg". */
export function fileName(title: string, ending: string, days: Days | null = null): string {
  const plain = title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const period = days === null ? '' : `, ${days.from === days.to ? days.from : `${days.from}—${days.to}`}`;
  return `${plain || 'voronka'}${period}.${ending}`;
}
