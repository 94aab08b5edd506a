// The pages that are built, in the order of the menu.

import type { Component } from 'svelte';
import type { IconName } from '../components/icons.ts';
import Overview from './Overview.svelte';

export type Page = { path: string; name: string; icon: IconName; view: Component };

export const PAGES: Page[] = [{ path: '/', name: 'overview', icon: 'overview', view: Overview }];
