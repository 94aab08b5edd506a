// The definitions of all metrics, asked for once and read by every figure.

import { get } from '../api/client.ts';
import type { Metric } from '../api/types.ts';

class Catalogue {
  #metrics = $state.raw<Map<string, Metric> | null>(null);
  #asked = false;

  /** Ask for the definitions; called ahead of the first hover. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const metrics = await get<Metric[]>('/api/metrics', 'metrics');
      this.#metrics = new Map(metrics.map((metric) => [metric.name, metric]));
    } catch {
      this.#asked = false; // the next hover asks again; the title alone is shown meanwhile
    }
  }

  /** Ask again: what is in force may be another definition now. */
  renew(): void {
    this.#asked = false;
    void this.load();
  }

  /** Say whether a metric is called so itself: `portfolio_growth` is no growth of a `portfolio`. */
  has(name: string): boolean {
    return this.#metrics?.has(name) ?? false;
  }

  /** The metric of a column's name: `calls_plan` is of `calls`. */
  of(column: string): Metric | undefined {
    return this.#metrics?.get(column) ?? this.#metrics?.get(baseOf(column).metric);
  }
}

export const BESIDE = ['previous', 'plan', 'attainment', 'pace', 'growth', 'forecast_low', 'forecast_high', 'forecast'] as const;
export type Beside = (typeof BESIDE)[number];

/** Tell a column's metric and what stands beside it: `calls_plan` -> calls, plan. */
export function baseOf(column: string): { metric: string; beside: Beside | null } {
  const beside = BESIDE.find((suffix) => column.endsWith(`_${suffix}`));
  return beside ? { metric: column.slice(0, -beside.length - 1), beside } : { metric: column, beside: null };
}

export const catalogue = new Catalogue();

/** Ask for the definitions when the browser has nothing else to do. */
export function prefetchCatalogue(): void {
  const soon = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 300));
  soon(() => void catalogue.load());
}
