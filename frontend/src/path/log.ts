// Another process on the page of the path: the steps as they are typed, and its path in the shape of the company's own.

import type { LogPath, Path } from './shapes.ts';

/** The steps of a text such as `Open, "Close, late"`: commas part them, quotes hold one with a comma together. */
export function stepsOf(text: string): string[] {
  const found: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]+))/g)) {
    const step = (quoted?.replaceAll('""', '"') ?? plain ?? '').trim();
    if (step) found.push(step);
  }
  return found;
}

/** The steps as a text that `stepsOf` reads. */
export function textOf(steps: readonly string[]): string {
  return steps.map((step) => (/[",]/.test(step) ? `"${step.replaceAll('"', '""')}"` : step)).join(', ');
}

/** The steps of the most common way, each once: what a process seems to be meant like. */
export function usualSteps({ ways }: Pick<LogPath, 'ways'>): string[] {
  return [...new Set(ways[0]?.steps ?? [])];
}

/** The path of another process as the map, the ways and the deviations are drawn. */
export function pathOf(found: LogPath): Path {
  return { ...found, pipeline: null, pipelines: [], entity: 'journey', axis: 'created', events: 'all', without_events: 0, untold: 0 };
}
