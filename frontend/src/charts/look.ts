// What the charts have in common: axis letters and the tooltip, in the page's colours.

import type { ChartTheme } from '../components/theme.ts';

/** Letters of an axis. */
export function axisText(theme: ChartTheme): { color: string; fontFamily: string; fontSize: number; hideOverlap: boolean } {
  return { color: theme.muted, fontFamily: theme.font, fontSize: 12, hideOverlap: true };
}

/** The legend above a chart. */
export function legendLook(theme: ChartTheme): object {
  const textStyle = { color: theme.text, fontFamily: theme.font, fontSize: 12 };
  return { top: 0, left: 0, padding: 0, itemGap: 14, itemWidth: 14, itemHeight: 10, textStyle, inactiveColor: theme.grid, lineStyle: { inactiveWidth: 0 } };
}

/** The tooltip's box: kept inside the page, so that nothing of it is cut on a phone. */
export function tooltipLook(theme: ChartTheme): object {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.surface,
    borderColor: theme.grid,
    padding: [8, 10],
    textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
  };
}

/** A tooltip's title and its lines; all given texts are escaped, since names come from other systems. */
export function tooltipRows(title: string, lines: [name: string, value: string][]): string {
  const row = ([name, value]: [string, string]): string =>
    `<tr><td style="padding-right:16px">${escaped(name)}</td><td style="text-align:right;font-variant-numeric:tabular-nums">${escaped(value)}</td></tr>`;
  return `<strong>${escaped(title)}</strong><table style="border-spacing:0;margin-top:4px">${lines.map(row).join('')}</table>`;
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (letter) => names[letter] ?? letter);
}
