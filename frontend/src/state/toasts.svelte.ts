// Short messages that come and go: what failed while the page stays usable.

export type Toast = { id: number; text: string; tone: 'bad' | 'neutral' };

class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;

  say(text: string, tone: Toast['tone'] = 'bad'): void {
    if (this.shown.some((toast) => toast.text === text)) return;
    this.shown = [...this.shown.slice(-2), { id: this.#next++, text, tone }];
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
