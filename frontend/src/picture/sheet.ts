// A picture that is read away from its page: title, period and cut above what is drawn, company and date below.

export type Told = {
  title: string;
  /** Period, cut: each begins a line. */
  lines: string[];
  foot: string;
};
type Inner = { parts: string[]; width: number; height: number };
/** How wide a text is in pixels, at a size and weight. */
export type Measure = (text: string, size: number, weight: number) => number;

const MARGIN = 24;
const LEAST = 520;
const TITLE = { size: 19, weight: 650, step: 25 };
const LINE = { size: 13, weight: 400, step: 18 };
const FOOT = { size: 11, weight: 400, step: 15 };
const [INK, GREY] = ['#1b2433', '#5a6678'];
const GAP = 14;

/** A text as SVG may hold it, between tags and in an attribute. */
export const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Break a text into lines that are no wider than this; a word that is wider alone stays whole. */
export function broken(text: string, width: number, wide: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || wide(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The text of an SVG file that opens alone: white ground, no reference to anything outside it. */
export function sheet(told: Told, inner: Inner, font: string, measure: Measure): { svg: string; width: number; height: number } {
  const width = Math.max(LEAST, inner.width + 2 * MARGIN);
  const parts: string[] = [];
  let y = MARGIN;
  const write = (text: string, { size, weight, step }: typeof TITLE, ink: string) => {
    for (const line of broken(text, width - 2 * MARGIN, (some) => measure(some, size, weight))) {
      y += step;
      parts.push(`<text x="${MARGIN}" y="${y - step + size}" font-family="${safe(font)}" font-size="${size}px" font-weight="${weight}" fill="${ink}">${safe(line)}</text>`);
    }
  };
  write(told.title, TITLE, INK);
  for (const line of told.lines) write(line, LINE, GREY);
  y += GAP;
  parts.push(`<g transform="translate(${MARGIN} ${y})">`, ...inner.parts, '</g>');
  y += inner.height + GAP;
  write(told.foot, FOOT, GREY);
  const height = y + MARGIN - GAP / 2;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${safe(told.title)}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
  ];
  return { svg: svg.join('\n'), width, height };
}
