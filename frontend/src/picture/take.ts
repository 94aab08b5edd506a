// Takes a picture of a block: light whatever the theme, nothing scrolled away, as SVG or at two pixels to one as PNG.

import { look } from '../state/look.svelte.ts';
import { drawnOf } from './drawn.ts';
import { sheet, type Told } from './sheet.ts';

const PIXELS = 2;
/** Points of a picture's canvas: a browser makes none beyond some 268 million. */
const MOST = 120_000_000;

/** The SVG of what a block shows now. Nobody sees the page change: it is back before it is painted. */
export function svgOf(block: HTMLElement, told: Told): ReturnType<typeof sheet> {
  return look.onPaper(() => {
    block.classList.add('pictured');
    try {
      const { font, measure } = letters(block);
      return sheet(told, drawnOf(block), font, measure);
    } finally {
      block.classList.remove('pictured');
    }
  });
}

function letters(block: HTMLElement) {
  const font = getComputedStyle(block).fontFamily.replaceAll('"', "'");
  const brush = document.createElement('canvas').getContext('2d');
  const measure = (text: string, size: number, weight: number): number => {
    if (!brush) return text.length * size * 0.6;
    brush.font = `${weight} ${size}px ${font}`;
    return brush.measureText(text).width;
  };
  return { font, measure };
}

/** The same as a PNG. */
export async function pngOf({ svg, width, height }: ReturnType<typeof sheet>): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const times = Math.min(PIXELS, Math.sqrt(MOST / (width * height)));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(width * times), height: Math.round(height * times) });
  const brush = canvas.getContext('2d');
  if (!brush) throw new Error('this browser cannot draw pictures');
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((made, failed) => canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error('no picture'))), 'image/png'));
}
