// The pictures of the menu and the buttons, as paths on a field of 24 by 24.

export const ICONS = {
  overview: 'M4 13h6V4H4v9Zm0 7h6v-5H4v5Zm10 0h6v-9h-6v9Zm0-16v5h6V4h-6Z',
  more: 'M6 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  down: 'm6 9 6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'm5 12 5 5 9-10',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8a8 8 0 0 1 16 0',
  open: 'M14 4h6v6m0-6-9 9M10 5H5v14h14v-5',
  channels: 'M4 5h4v4H4V5Zm0 10h4v4H4v-4Zm12-5h4v4h-4v-4ZM8 7h3c3 0 2 5 5 5M8 17h3c3 0 2-5 5-5',
  reset: 'M4 4v5h5M4.5 15a8 8 0 1 0 1.5-8.5L4 9',
} as const;
export type IconName = keyof typeof ICONS;
