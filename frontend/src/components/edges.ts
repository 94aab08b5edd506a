// Shows that a table goes on beyond the edge of its frame: a shadow where something is cut (`.edges` in app.css).

const SLACK = 2; // browsers round

/** Where a frame of `size` pixels, moved by `moved`, cuts what is `whole` pixels long: before it, after it, both or "". */
export function cutAt(moved: number, size: number, whole: number, [before, after] = ['left', 'right']): string {
  return [moved > SLACK ? before : '', moved + size < whole - SLACK ? after : ''].filter(Boolean).join(' ');
}

/** For `{@attach edges}` on a table inside the frame that scrolls; the frame's `data-cut` tells where. */
export function edges(table: HTMLElement): (() => void) | undefined {
  const frame = table.parentElement;
  if (!frame) return undefined;
  const look = () => {
    const across = cutAt(frame.scrollLeft, frame.clientWidth, frame.scrollWidth);
    const down = cutAt(frame.scrollTop, frame.clientHeight, frame.scrollHeight, ['top', 'bottom']);
    frame.dataset['cut'] = `${across} ${down}`.trim();
  };
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
