// The pictures of the menu and the buttons, as paths on a field of 24 by 24.

export const ICONS = {
  overview: 'M4 13h6V4H4v9Zm0 7h6v-5H4v5Zm10 0h6v-9h-6v9Zm0-16v5h6V4h-6Z',
  more: 'M6 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  down: 'm6 9 6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12 5 5 9-10',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8a8 8 0 0 1 16 0',
  open: 'M14 4h6v6m0-6-9 9M10 5H5v14h14v-5',
  plan: 'M4 20V4m0 16h16M8 16l4-5 3 3 5-7',
  accounts: 'M4 20V6l7-3v17M11 9h9v11H4m3-11h1m-1 4h1m-1 4h1m7-5h2m-2 4h2',
  leads: 'M12 3a9 9 0 1 0 9 9M12 7a5 5 0 1 0 5 5M12 12l8-8m0 0h-4m4 0v4',
  channels: 'M4 5h4v4H4V5Zm0 10h4v4H4v-4Zm12-5h4v4h-4v-4ZM8 7h3c3 0 2 5 5 5M8 17h3c3 0 2-5 5-5',
  path: 'M6 6.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm12 16a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM6 6.5V9a4 4 0 0 0 4 4h4a4 4 0 0 1 4 4v.5',
  board: 'M7 4h10v5a5 5 0 0 1-10 0V4Zm0 2H4v1a4 4 0 0 0 3.5 4M17 6h3v1a4 4 0 0 1-3.5 4M12 14v3m-4 3h8m-6-3h4',
  team: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9a6 6 0 0 1 12 0M16 4.5a3.5 3.5 0 0 1 0 6.5m2 3a6 6 0 0 1 3 6',
  activity: 'M3 12h4l3-8 4 16 3-8h4',
  calls: 'M5 4h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1Z',
  funnel: 'M4 5h16l-6 7v6l-4 2v-8L4 5Z',
  data: 'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3Zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  settings: 'M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm0-12.5v2.5m0 13V21m9-9h-2.5m-13 0H3m15.4-6.4-1.8 1.8M7.4 16.6l-1.8 1.8m0-12.8 1.8 1.8m9.2 9.2 1.8 1.8',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4 4',
  bookmark: 'M6 4h12v16l-6-4-6 4V4Z',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7m2 3a4 4 0 0 0-6-.5l-3 3A4 4 0 0 0 10.7 18.2L12 17',
  pencil: 'M4 20h4L19 9l-4-4L4 16v4Z',
  reset: 'M4 4v5h5M4.5 15a8 8 0 1 0 1.5-8.5L4 9',
} as const;
export type IconName = keyof typeof ICONS;
