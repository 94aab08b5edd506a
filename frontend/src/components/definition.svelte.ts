// The one definition that is shown beside the figure or title under the pointer or focus.

import type { Answer, Metric, Row } from '../api/types.ts';
import { catalogue } from '../state/catalogue.svelte.ts';
import { recordsQuery, type RecordsQuestion } from '../state/url.ts';

export type Subject = {
  anchor: HTMLElement;
  name: string;
  answer: Answer | null;
  row: Row | null;
  opens: boolean;
  /** A heading has no figure of its own that could be unknown. */
  isHeading?: boolean;
  /** Of a heading over several metrics: what it is called, and what it means. */
  own?: { title: string; means: string };
};

const WAIT_MS = 250;
const LINGER_MS = 160;

class Shown {
  subject = $state.raw<Subject | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Show soon: a pointer that only passes opens nothing. */
  soon(subject: Subject): void {
    clearTimeout(this.#timer);
    void catalogue.load();
    this.#timer = setTimeout(() => (this.subject = subject), this.subject ? 60 : WAIT_MS);
  }

  now(subject: Subject): void {
    clearTimeout(this.#timer);
    void catalogue.load();
    this.subject = subject;
  }

  /** Hide, unless the pointer goes on into the popover itself. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.subject = null), LINGER_MS);
  }

  stay(): void {
    clearTimeout(this.#timer);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.subject = null;
  }
}

export const shown = new Shown();

/** Where the statement of a figure is read; none for what an analysis works out. */
export function sqlOf(metric: Metric, question: RecordsQuestion): string | null {
  if (metric.verb === 'computed') return null;
  return `/api/metrics/${encodeURIComponent(question.metric)}/sql?${recordsQuery(question)}`;
}

/** Let an element show the definition of `name` on hover and focus. */
export function defines(about: () => Omit<Subject, 'anchor'>) {
  return (anchor: HTMLElement) => {
    const enter = () => shown.soon({ anchor, ...about() });
    const focus = () => anchor.matches(':focus-visible') && shown.now({ anchor, ...about() });
    const leave = () => shown.leave();
    anchor.addEventListener('pointerenter', enter);
    anchor.addEventListener('pointerleave', leave);
    anchor.addEventListener('focus', focus);
    anchor.addEventListener('blur', leave);
    return () => {
      anchor.removeEventListener('pointerenter', enter);
      anchor.removeEventListener('pointerleave', leave);
      anchor.removeEventListener('focus', focus);
      anchor.removeEventListener('blur', leave);
      if (shown.subject?.anchor === anchor) shown.hide();
    };
  };
}
