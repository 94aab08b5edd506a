// A drawing of the page as a file: what the style sheet says is written into it, so that it looks the same elsewhere.

const KEPT = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'opacity'];
const PIXELS = 2;

/** The text of an SVG file of what is drawn; `ground` is its background. */
export function svgText(drawn: SVGSVGElement, width: number, height: number, ground: string): string {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const [from, to] = [drawn, copy].map((svg) => [...svg.querySelectorAll<SVGElement>('*')]);
  from?.forEach((element, at) => {
    const style = getComputedStyle(element);
    for (const name of KEPT) to?.[at]?.setAttribute(name, style.getPropertyValue(name));
    for (const name of ['class', 'tabindex', 'role', 'aria-label', 'data-item']) to?.[at]?.removeAttribute(name);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('style');
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of [['width', '100%'], ['height', '100%'], ['fill', ground]] as const) paper.setAttribute(name, value);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** The same as a picture of two pixels to one. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * PIXELS, height: height * PIXELS });
  const brush = canvas.getContext('2d');
  if (!brush) throw new Error('this browser cannot draw pictures');
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((made, failed) => canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error('no picture'))), 'image/png'));
}
