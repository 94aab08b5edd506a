// The address of the page as a value that everything reads, and the only way to change it.

import { type Days, daysOf, type Filters, NOTHING_CHOSEN, readFilters, type RecordsQuestion, type View, writeFilters } from './url.ts';

class Address {
  path = $state(location.pathname);
  filters = $state.raw<Filters>(readFilters(location.search));

  constructor() {
    addEventListener('popstate', () => this.read());
  }

  /** Take over what the browser's address says. */
  read(): void {
    this.path = location.pathname;
    this.filters = readFilters(location.search);
  }

  #write(path: string, filters: Filters, how: 'push' | 'replace'): void {
    const url = path + writeFilters(filters);
    if (url === location.pathname + location.search) return;
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    this.read();
  }

  /** Change some filters; back returns to what was before. */
  set(changes: Partial<Filters>): void {
    this.#write(this.path, { ...this.filters, ...changes }, 'push');
  }

  /** Change what the page at hand asks beside the filters; without a value it is as when the page is opened. */
  see(changes: View): void {
    this.set({ view: { ...this.filters.view, ...changes }, records: null });
  }

  /** Change without a step of its own in the history. */
  correct(changes: Partial<Filters>): void {
    this.#write(this.path, { ...this.filters, ...changes }, 'replace');
  }

  /** Go to another page with the same filters. */
  go(path: string): void {
    this.#write(path, { ...this.filters, role: [], day: null, records: null, view: {} }, 'push');
  }

  /** Go to an address of this application, as a link gives it. */
  follow(url: string): void {
    if (url === location.pathname + location.search) return;
    history.pushState(null, '', url);
    this.read();
  }

  /** Lead on to another address of this application, without a step of its own in the history. */
  swap(url: string): void {
    history.replaceState(null, '', url);
    this.read();
  }

  /** The address of this page with some filters changed, for links. */
  with(changes: Partial<Filters>): string {
    return this.path + writeFilters({ ...this.filters, ...changes });
  }

  /** The address of another page with the same filters, for links. */
  href(path: string): string {
    return this.hrefOf(path, {});
  }

  /** The address of another page with some filters changed, for links. */
  hrefOf(path: string, changes: Partial<Filters>): string {
    return path + writeFilters({ ...this.filters, role: [], day: null, records: null, view: {}, ...changes });
  }

  reset(): void {
    this.#write(this.path, { ...NOTHING_CHOSEN, lang: this.filters.lang }, 'push');
  }

  /** True where a filter, the period or the comparison differs from what a plain address means. */
  get isFiltered(): boolean {
    return writeFilters({ ...this.filters, day: null, records: null, lang: null }) !== '';
  }
}

export const address = new Address();

/** The days of the period in force. */
export function chosenDays(today: string): Days {
  return daysOf(address.filters.period, today);
}

/** Open the records behind a figure; the address keeps them, so the link can be sent. */
export function showRecords(question: RecordsQuestion): void {
  address.set({ records: question });
}
