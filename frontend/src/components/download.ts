// Saves what the page itself has made (a chart's picture) as a file.

/** Offer a file for saving under a name that every system takes. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** "Звонки: по часам" with an ending becomes "Звонки по часам.svg". */
export function fileName(title: string, ending: string): string {
  const plain = title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${plain || 'voronka'}.${ending}`;
}
