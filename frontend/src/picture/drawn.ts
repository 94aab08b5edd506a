// What a block shows, read off the page as it stands and written as parts of an SVG picture: text stays text.

import { paintOf } from './paint.ts';
import { safe } from './sheet.ts';

export type Drawn = { parts: string[]; width: number; height: number };
type Pen = { parts: string[]; left: number; top: number; width: number; height: number };

/** What is worked with, and what only a reader by ear is told. */
const LEFT_OUT = '.no-print, .visually-hidden, .button, input, select, textarea, dialog, [popover], script, style';
const KEPT = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin',
  'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'opacity',
]; // prettier-ignore
const COLOURS = ['fill', 'stroke'];
const DROPPED = /^(class|style|tabindex|role|aria-.*|data-.*|on.*)$/;
const SIDES = ['top', 'right', 'bottom', 'left'] as const;

const short = (number: number): string => String(Math.round(number * 100) / 100);
const sized = (text: string): number => Number.parseFloat(text) || 0;

/** Read what an element shows. The page must be laid out; nothing in it is changed. */
export function drawnOf(root: Element): Drawn {
  const { left, top } = root.getBoundingClientRect();
  const pen: Pen = { parts: [], left, top, width: 0, height: 0 };
  for (const child of root.childNodes) node(child, getComputedStyle(root), pen);
  return { parts: pen.parts, width: Math.ceil(pen.width), height: Math.ceil(pen.height) };
}

function node(found: Node, around: CSSStyleDeclaration, pen: Pen): void {
  if (found instanceof Text) words(found, around, pen);
  else if (found instanceof Element) element(found, pen);
}

function element(found: Element, pen: Pen): void {
  const style = getComputedStyle(found);
  if (found.matches(LEFT_OUT) || style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return;
  const isPale = Number(style.opacity) < 1;
  if (isPale) pen.parts.push(`<g opacity="${style.opacity}">`);
  if (found instanceof SVGSVGElement) vector(found, pen);
  else {
    for (const rect of found.getClientRects()) if (rect.width > 0 && rect.height > 0) box(rect, style, pen);
    for (const child of found.childNodes) node(child, style, pen);
  }
  if (isPale) pen.parts.push('</g>');
}

function reach(rect: DOMRect, pen: Pen): { x: number; y: number } {
  pen.width = Math.max(pen.width, rect.right - pen.left);
  pen.height = Math.max(pen.height, rect.bottom - pen.top);
  return { x: rect.left - pen.left, y: rect.top - pen.top };
}

/** The ground of an element and the lines round it; of a hatched ground the first colour. */
function box(rect: DOMRect, style: CSSStyleDeclaration, pen: Pen): void {
  const { x, y } = reach(rect, pen);
  const ground = paintOf(style.backgroundColor) ?? paintOf(/(?:rgb|oklab|oklch|color)a?\([^)]*\)/.exec(style.backgroundImage)?.[0] ?? '');
  const round = Math.min(sized(style.borderTopLeftRadius), rect.width / 2, rect.height / 2);
  const at = `x="${short(x)}" y="${short(y)}" width="${short(rect.width)}" height="${short(rect.height)}"${round ? ` rx="${short(round)}"` : ''}`;
  if (ground) pen.parts.push(`<rect ${at} fill="${ground}"/>`);
  const lines = SIDES.map((side) => lineOf(style, side));
  const [first] = lines;
  if (first && lines.every((line) => line?.colour === first.colour && line.width === first.width)) {
    pen.parts.push(`<rect ${at} fill="none" stroke="${first.colour}" stroke-width="${short(first.width)}"${first.dash}/>`);
    return;
  }
  const [right, bottom] = [x + rect.width, y + rect.height];
  const ends = { top: [x, y, right, y], right: [right, y, right, bottom], bottom: [x, bottom, right, bottom], left: [x, y, x, bottom] };
  SIDES.forEach((side, place) => {
    const line = lines[place];
    const [x1, y1, x2, y2] = ends[side].map(short);
    if (line) pen.parts.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${line.colour}" stroke-width="${short(line.width)}"${line.dash}/>`);
  });
}

function lineOf(style: CSSStyleDeclaration, side: (typeof SIDES)[number]): { colour: string; width: number; dash: string } | null {
  const [kind, width] = [style.getPropertyValue(`border-${side}-style`), sized(style.getPropertyValue(`border-${side}-width`))];
  const colour = paintOf(style.getPropertyValue(`border-${side}-color`));
  if (!colour || width === 0 || kind === 'none' || kind === 'hidden') return null;
  return { colour, width, dash: kind === 'dashed' || kind === 'dotted' ? ' stroke-dasharray="4 3"' : '' };
}

/** A piece of text, line by line, each where it stands; figures keep to the side that they are set to. */
function words(found: Text, style: CSSStyleDeclaration, pen: Pen): void {
  for (const { text, rect } of linesOf(found)) {
    const { x, y } = reach(rect, pen);
    const [anchor, at] = anchored(style.textAlign, x, rect.width);
    const base = y + rect.height * ascentOf(style);
    const weight = style.fontWeight === '400' ? '' : ` font-weight="${style.fontWeight}"`;
    const slant = style.fontStyle === 'italic' ? ' font-style="italic"' : '';
    pen.parts.push(
      `<text x="${short(at)}" y="${short(base)}"${anchor} font-family="${safe(style.fontFamily.replaceAll('"', "'"))}" font-size="${style.fontSize}"${weight}${slant} fill="${paintOf(style.color) ?? '#000'}">${safe(cased(text, style))}</text>`,
    );
  }
}

function anchored(align: string, x: number, width: number): [string, number] {
  if (align === 'right' || align === 'end') return [' text-anchor="end"', x + width];
  return align === 'center' ? [' text-anchor="middle"', x + width / 2] : ['', x];
}

const cased = (text: string, style: CSSStyleDeclaration): string => (style.textTransform === 'uppercase' ? text.toUpperCase() : text);

function linesOf(found: Text): { text: string; rect: DOMRect }[] {
  if (!found.data.trim()) return [];
  const range = document.createRange();
  const lines: { text: string; from: number; to: number; top: number }[] = [];
  range.selectNodeContents(found);
  const isOne = range.getClientRects().length < 2;
  for (let at = 0; at < found.data.length && !isOne; at += 1) {
    range.setStart(found, at);
    range.setEnd(found, at + 1);
    const rect = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (rect.width === 0 || (last && Math.abs(rect.top - last.top) < 2)) {
      if (last) last.to = at + 1;
    } else lines.push({ text: '', from: at, to: at + 1, top: rect.top });
  }
  const parts = isOne ? [{ from: 0, to: found.data.length }] : lines;
  return parts.flatMap(({ from, to }) => {
    const piece = found.data.slice(from, to);
    range.setStart(found, from + piece.length - piece.trimStart().length);
    range.setEnd(found, Math.max(from + piece.trimEnd().length, range.startOffset));
    const [rect, text] = [range.getBoundingClientRect(), piece.replace(/[ \t\n]+/g, ' ').trim()];
    return text && rect.width > 0 ? [{ text, rect }] : [];
  });
}

let brush: CanvasRenderingContext2D | null = null;
const ascents = new Map<string, number>();

/** Which part of a line's height stands above the foot of its letters. */
function ascentOf({ fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number {
  const font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const known = ascents.get(font);
  if (known !== undefined) return known;
  brush ??= document.createElement('canvas').getContext('2d');
  if (!brush) return 0.8;
  brush.font = font;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = brush.measureText('H');
  ascents.set(font, above / (above + below));
  return above / (above + below);
}

/** A drawing inside the block: what the style sheet says is written into it. */
function vector(found: SVGSVGElement, pen: Pen): void {
  const rect = found.getBoundingClientRect();
  if (rect.width === 0) return;
  const { x, y } = reach(rect, pen);
  const copy = found.cloneNode(true) as SVGSVGElement;
  const [from, to] = [found, copy].map((svg) => [...svg.querySelectorAll<SVGElement>('*')]);
  from?.forEach((one, at) => to?.[at] && written(one, to[at]));
  for (const { name } of [...copy.attributes]) if (DROPPED.test(name)) copy.removeAttribute(name);
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${short(rect.width)} ${short(rect.height)}`);
  for (const [name, value] of [['x', x], ['y', y], ['width', rect.width], ['height', rect.height]] as const) copy.setAttribute(name, short(value));
  pen.parts.push(new XMLSerializer().serializeToString(copy));
}

function written(from: SVGElement, to: SVGElement): void {
  const style = getComputedStyle(from);
  for (const name of KEPT) {
    const value = style.getPropertyValue(name);
    const isColour = COLOURS.includes(name) && !value.startsWith('url(');
    to.setAttribute(name, isColour ? (paintOf(value) ?? 'none') : value.replaceAll('"', "'"));
  }
  for (const { name } of [...to.attributes]) if (DROPPED.test(name)) to.removeAttribute(name);
}
