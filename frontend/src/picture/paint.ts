// Colours as every program that reads SVG knows them: a browser may tell them in ways that only browsers read.

let brush: CanvasRenderingContext2D | null = null;
const known = new Map<string, string | null>();

/** "oklab(0.9 0 -0.02)" as "#e2e6f5", with its opacity where it is not whole; null for what is not seen. */
export function paintOf(colour: string): string | null {
  const kept = known.get(colour);
  if (kept !== undefined) return kept;
  const made = read(colour);
  known.set(colour, made);
  return made;
}

function read(colour: string): string | null {
  if (!colour || colour === 'none' || colour === 'transparent') return null;
  brush ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  if (!brush) return colour;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, seen = 0] = brush.getImageData(0, 0, 1, 1).data;
  if (seen === 0) return null;
  const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  return seen === 255 ? hex : `rgba(${red},${green},${blue},${Math.round((seen / 255) * 100) / 100})`;
}
