// Shows that a table goes on beyond the edge of its frame: a shadow where something is cut (`.edges` in app.css).

const SLACK = 2; // browsers round

/** Where a frame of `width` pixels, moved by `left`, cuts what is `whole` pixels wide: "left", "right", both or "". */
export function cutAt(left: number, width: number, whole: number): string {
  return [left > SLACK ? 'left' : '', left + width < whole - SLACK ? 'right' : ''].filter(Boolean).join(' ');
}

/** For `{@attach edges}` on a table inside the frame that scrolls; the frame's `data-cut` tells where. */
export function edges(table: HTMLElement): (() => void) | undefined {
  const frame = table.parentElement;
  if (!frame) return undefined;
  const look = () => (frame.dataset['cut'] = cutAt(frame.scrollLeft, frame.clientWidth, frame.scrollWidth));
  const watch = new ResizeObserver(look);
  watch.observe(frame);
  watch.observe(table);
  frame.addEventListener('scroll', look, { passive: true });
  return () => {
    watch.disconnect();
    frame.removeEventListener('scroll', look);
    delete frame.dataset['cut'];
  };
}
