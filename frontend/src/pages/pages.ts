// The pages that are built, in the order of the menu.

import type { Component } from 'svelte';
import type { IconName } from '../components/icons.ts';
import { type Filters, overviewQuery } from '../state/url.ts';
import Overview from './Overview.svelte';

export type Page = {
  path: string;
  name: string;
  icon: IconName;
  view: Component;
  /** The address that answers the page, to ask it ahead of need. */
  ask: (filters: Filters, today: string) => string;
};

export const PAGES: Page[] = [{ path: '/', name: 'overview', icon: 'overview', view: Overview, ask: (filters, today) => `/api/overview?${overviewQuery(filters, today)}` }];
