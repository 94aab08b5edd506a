// What a chart needs of the page's look; read from the style sheet, so a colour stands once.

export type ChartTheme = {
  dark: boolean;
  /** Named, because the SVG renderer cannot measure an inherited font. */
  font: string;
  text: string;
  muted: string;
  grid: string;
  surface: string;
  accent: string;
  good: string;
  warn: string;
  bad: string;
  /** Colours of kinds, told apart in both themes and by people who see fewer colours. */
  series: string[];
  /** Charts follow a filter, a size or a theme at once: bars in flight can be read wrongly, and are in pictures. */
  animation: false;
};

export type ChartSize = { width: number; height: number };

/** Read the theme in force from an element's custom properties. */
export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    dark: document.documentElement.dataset['theme'] === 'dark',
    font: read('font').replaceAll('"', "'"), // goes into attributes of a saved picture
    text: read('text'),
    muted: read('muted'),
    grid: read('line'),
    surface: read('surface'),
    accent: read('accent'),
    good: read('good'),
    warn: read('warn'),
    bad: read('bad'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => read(`series-${number}`)),
    animation: false,
  };
}
