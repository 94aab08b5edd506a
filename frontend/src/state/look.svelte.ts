// Light or dark: as the system, or as the visitor chose.

import { flushSync } from 'svelte';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const KEPT = 'voronka.theme';

function kept(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEPT)) ?? 'auto';
  } catch {
    return 'auto'; // storage forbidden by the browser
  }
}

class Look {
  chosen = $state<Theme>(kept());
  /** Grows with every change of theme: charts read their colours again. */
  changes = $state(0);
  #system = matchMedia('(prefers-color-scheme: dark)');
  #paper = matchMedia('print');
  #isTaken = false;
  /** Laid out for paper: what is as wide as its frame is measured anew. */
  isPaper = $state(false);

  constructor() {
    this.#system.addEventListener('change', () => this.#apply());
    // Paper is light; charts must be drawn anew before the print is taken.
    this.#paper.addEventListener('change', () => flushSync(() => this.#apply()));
    this.#apply();
  }

  choose(theme: Theme): void {
    this.chosen = theme;
    try {
      localStorage.setItem(KEPT, theme);
    } catch {
      // holds for this page only
    }
    this.#apply();
  }

  /** Do something while all is drawn as on paper, at once: nobody sees the page change. */
  onPaper<T>(act: () => T): T {
    this.#isTaken = true;
    flushSync(() => this.#apply());
    try {
      return act();
    } finally {
      this.#isTaken = false;
      flushSync(() => this.#apply());
    }
  }

  #apply(): void {
    this.isPaper = this.#paper.matches;
    const isDark = !this.#isTaken && !this.#paper.matches && (this.chosen === 'dark' || (this.chosen === 'auto' && this.#system.matches));
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
    this.changes += 1;
  }
}

export const look = new Look();
