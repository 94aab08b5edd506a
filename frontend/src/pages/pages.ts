// The pages that are built, in the order of the menu. All but the first are fetched when they are opened.

import type { Component } from 'svelte';
import type { IconName } from '../components/icons.ts';
import { funnelAddress } from '../funnel/asked.ts';
import { logOf, pathAddress } from '../path/behind.ts';
import { type Filters, overviewQuery, pageQuery } from '../state/url.ts';
import Overview from './Overview.svelte';

export type Page = {
  path: string;
  name: string;
  icon: IconName;
  /** What draws the page: at hand, or on its way. */
  view: () => Component | Promise<Component>;
  /** What one has the right to who is shown the page: any of these; without them everybody is. */
  rights?: string[];
  /** Also shown to whoever sees only themselves, and by another name: it is their own. */
  isOwn?: boolean;
  /** Holds people or channels against each other: not in the menu of whoever sees only themselves. */
  isAmong?: boolean;
  /** Shown in no menu: it is reached from elsewhere. */
  isHidden?: boolean;
  /** The address that answers the page, to ask it ahead of need; a page without it has no filters. */
  ask?: (filters: Filters, today: string) => string;
  /** Whether what the address asks for has no period, people or channels to be cut by. */
  isWhole?: (filters: Filters) => boolean;
};

/** A page of blocks: /api/pages/<name> answers it, its words and pictures come with it. */
export function page(name: string, icon: IconName, load: () => Promise<{ default: Component }>): Page {
  return { path: `/${name}`, name, icon, view: async () => (await load()).default, ask: (filters, today) => `/api/pages/${name}?${pageQuery(filters, today)}` };
}

export const PAGES: Page[] = [
  { path: '/', name: 'overview', icon: 'overview', view: () => Overview, ask: (filters, today) => `/api/overview?${overviewQuery(filters, today)}` },
  { path: '/board', name: 'board', icon: 'board', rights: ['board'], view: async () => (await import('./Board.svelte')).default },
  { ...page('team', 'team', () => import('./Team.svelte')), isAmong: true },
  { ...page('manager', 'user', () => import('./Manager.svelte')), rights: ['one_to_one', 'data'], isOwn: true },
  page('activity', 'activity', () => import('./Activity.svelte')),
  page('calls', 'calls', () => import('./Calls.svelte')),
  { ...page('funnel', 'funnel', () => import('./Funnel.svelte')), ask: funnelAddress },
  { path: '/path', name: 'path', icon: 'path', view: async () => (await import('./Path.svelte')).default, ask: pathAddress, isWhole: (filters) => logOf(filters) !== null },
  page('leads', 'leads', () => import('./Leads.svelte')),
  { ...page('channels', 'channels', () => import('./Channels.svelte')), isAmong: true },
  page('accounts', 'accounts', () => import('./Accounts.svelte')),
  page('plan', 'plan', () => import('./Plan.svelte')),
  { path: '/data', name: 'data', icon: 'data', rights: ['data'], view: async () => (await import('./Data.svelte')).default },
  { path: '/settings', name: 'settings', icon: 'settings', rights: ['data', 'people', 'audit', 'staff', 'one_to_one'], view: async () => (await import('./Settings.svelte')).default },
  { path: '/account', name: 'account', icon: 'user', isHidden: true, view: async () => (await import('./Account.svelte')).default },
];

/** As whom somebody looks: their rights, and whose rows they see. */
export type Viewer = { rights: readonly string[]; reach: string };

/** The page to begin at: the first of these names that the viewer is shown, else the first page. */
export function startOf(viewer: Viewer, names: readonly (string | null)[]): Page {
  const shown = pagesFor(viewer);
  const wanted = names.map((name) => shown.find((page) => page.name === name)).find((page) => page !== undefined);
  return wanted ?? shown[0] ?? (PAGES[0] as Page);
}

/** Whether it is a television on the wall: it may look at the board, and at nothing else. */
export function isScreen(rights: readonly string[]): boolean {
  return rights.length === 1 && rights[0] === 'board';
}

/** The pages that the viewer is shown. */
export function pagesFor({ rights, reach }: Viewer): Page[] {
  if (isScreen(rights)) return PAGES.filter((page) => page.name === 'board');
  return PAGES.filter((page) => !page.rights || (page.isOwn && reach === 'own') || page.rights.some((right) => rights.includes(right)));
}

/** The pages that stand in the viewer's menu. */
export function menuFor(viewer: Viewer): Page[] {
  return pagesFor(viewer).filter((page) => !page.isHidden && !(page.isAmong && viewer.reach === 'own'));
}

/** What a page is called: its key in the dictionary, with `.own` where it is the viewer's own. */
export function nameOf(page: Page, { reach }: Viewer): string {
  return page.isOwn && reach === 'own' ? `${page.name}.own` : page.name;
}
