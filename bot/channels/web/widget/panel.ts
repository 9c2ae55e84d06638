import { type Child, element } from './dom.ts';

/** The window of the chat: opens, closes, and puts the focus where it belongs. */
export interface Panel {
  readonly box: HTMLElement;
  readonly isOpen: () => boolean;
  /** @param focus what to focus; absent: the focus stays where it is, as when a page opens with its chat open */
  open(focus?: () => void): void;
  /** @param focus where the focus goes unless it came from elsewhere on the page */
  close(focus: () => void): void;
  destroy(): void;
}

export interface PanelParts {
  readonly titleId: string;
  readonly children: readonly Child[];
  /** Pressed Esc, or what stands for it on a phone. */
  readonly onEscape: () => void;
  /** It is closed, by `close` or by the browser. */
  readonly onClosed: () => void;
}

/**
 * A corner of the page where there is room, and the page goes on beside it; the whole screen where there is not, and
 * then nothing behind it can be reached.
 */
export function createDialogPanel({ titleId, children, onEscape, onClosed }: PanelParts): Panel {
  const box = element(
    'dialog',
    { class: 'panel', part: 'panel', 'aria-labelledby': titleId, tabindex: -1 },
    ...children,
  );
  const small = matchMedia(SMALL);
  let focusBefore: HTMLElement | undefined;

  box.addEventListener('cancel', (event) => {
    event.preventDefault();
    onEscape();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // The browser would close a modal dialog without asking.
    event.preventDefault();
    event.stopPropagation();
    onEscape();
  });
  // Some browsers close a dialog on the second Esc, whatever `cancel` said. The event comes later than the closing, by
  // when it may be open again.
  box.addEventListener('close', () => {
    if (!box.open) onClosed();
  });
  const adapt = () => {
    fitKeyboard();
    if (!box.open || box.matches(':modal') === small.matches) return;
    const root = box.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    box.close();
    show();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
  small.addEventListener('change', adapt);
  visualViewport?.addEventListener('resize', fitKeyboard);
  visualViewport?.addEventListener('scroll', fitKeyboard);

  return {
    box,
    isOpen: () => box.open,
    open(focus) {
      if (!box.open) {
        const active = document.activeElement;
        if (focus) focusBefore = active instanceof HTMLElement && active !== document.body ? active : undefined;
        fitKeyboard();
        if (focus) show();
        // `show` would take the focus.
        else if (!small.matches) box.setAttribute('open', '');
        else return;
      }
      focus?.();
    },
    close(focus) {
      if (!box.open) return;
      const inside = box.contains(activeIn(box));
      box.close();
      const before = focusBefore;
      focusBefore = undefined;
      if (!inside) return;
      if (before?.isConnected && before !== hostOf(box)) before.focus();
      else focus();
    },
    destroy() {
      small.removeEventListener('change', adapt);
      visualViewport?.removeEventListener('resize', fitKeyboard);
      visualViewport?.removeEventListener('scroll', fitKeyboard);
    },
  };

  function show(): void {
    if (small.matches) box.showModal();
    else box.show();
  }

  /** Keyboards on phones cover the page without making it smaller; the field must stay above them. */
  function fitKeyboard(): void {
    const view = small.matches ? visualViewport : null;
    box.style.setProperty('--viewport-height', view ? `${view.height}px` : '');
    box.style.setProperty('--viewport-top', view ? `${view.offsetTop}px` : '');
  }
}

/** Part of the page, always open. */
export function createInlinePanel({ titleId, children }: Pick<PanelParts, 'titleId' | 'children'>): Panel {
  const box = element('section', { class: 'panel', part: 'panel', 'aria-labelledby': titleId }, ...children);
  return { box, isOpen: () => true, open: (focus) => focus?.(), close: () => {}, destroy: () => {} };
}

/** Where a corner of the page would be too small. The style sheet says the same. */
const SMALL = '(max-width: 30rem), (max-height: 26rem)';

function activeIn(box: HTMLElement): Element | null {
  const root = box.getRootNode();
  return root instanceof ShadowRoot ? root.activeElement : null;
}

function hostOf(box: HTMLElement): Element | undefined {
  const root = box.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}
