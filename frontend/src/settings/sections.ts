// The sections of the settings page, in their order: what the company's file holds, and who gets in.

import type { Component } from 'svelte';

export type Section = {
  id: string;
  /** Shown to who has any of these rights. */
  rights: readonly string[];
  view: () => Promise<Component<{ section: string }>>;
};

const values = async () => (await import('./Values.svelte')).default;
const LOOK = ['data'] as const;

export const SECTIONS: readonly Section[] = [
  ...['company', 'calendar', 'roles', 'metrics'].map((id) => ({ id, rights: LOOK, view: values })),
  { id: 'stages', rights: LOOK, view: async () => (await import('./Pipelines.svelte')).default },
  ...['leads', 'times', 'quality'].map((id) => ({ id, rights: LOOK, view: values })),
  { id: 'staff', rights: ['staff', 'one_to_one'], view: async () => (await import('./People.svelte')).default },
  { id: 'changes', rights: LOOK, view: async () => (await import('./Changes.svelte')).default },
  { id: 'access', rights: ['people', 'audit'], view: async () => (await import('./Access.svelte')).default },
];

/** The sections that somebody with these rights is shown. */
export function sectionsFor(rights: readonly string[]): Section[] {
  return SECTIONS.filter((each) => each.rights.some((right) => rights.includes(right)));
}
