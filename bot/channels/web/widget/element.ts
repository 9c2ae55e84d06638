import { createApi } from './api.ts';
import { type Conversation, createConversation } from './conversation.ts';
import type { QuotewellChatElement, QuotewellChatEvents } from './quotewell-chat.d.ts';
import { readSettings, SETTING_ATTRIBUTES, type Settings } from './settings.ts';
import { createStateKeeper, type StateKeeper } from './state.ts';
import { createStyleSheet } from './styles.ts';
import { createView, type View } from './view.ts';

/** Defines `<quotewell-chat>`; see `quotewell-chat.d.ts` for what pages may rely on. Does nothing where it is defined already. */
export function defineQuotewellChat(scriptBase: URL): void {
  if (customElements.get('quotewell-chat')) return;
  customElements.define(
    'quotewell-chat',
    class extends QuotewellChat {
      protected readonly scriptBase = scriptBase;
    },
  );
}

/** What a chat consists of while its element is in the page. */
interface Running {
  readonly state: StateKeeper;
  readonly conversation: Conversation;
  readonly view: View;
  readonly settings: Settings;
}

abstract class QuotewellChat extends HTMLElement implements QuotewellChatElement {
  static readonly observedAttributes = [...SETTING_ATTRIBUTES, 'open', 'lang', 'dir'];
  protected abstract readonly scriptBase: URL;
  #running: Running | undefined;
  #redraws = false;
  #catchUp = () => void this.#running?.conversation.catchUp();

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [createStyleSheet()];
  }

  connectedCallback(): void {
    this.#run();
    addEventListener('online', this.#catchUp);
  }

  disconnectedCallback(): void {
    this.#running?.view.destroy();
    this.#running = undefined;
    removeEventListener('online', this.#catchUp);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#running) return;
    if (name === 'open') {
      const { state } = this.#running;
      if (after !== null && !state.current().open) this.open();
      if (after === null && state.current().open) this.close();
      return;
    }
    // Several attributes that change at once are one change.
    if (this.#redraws) return;
    this.#redraws = true;
    queueMicrotask(() => {
      this.#redraws = false;
      if (this.isConnected) this.#run();
    });
  }

  open(): void {
    this.#running?.view.open();
  }

  close(): void {
    this.#running?.view.close();
  }

  ask(question: string): boolean {
    return this.#running?.view.ask(String(question)) ?? false;
  }

  /** Draws anew by the attributes as they are. The conversation goes on unless it is with another server. */
  #run(): void {
    const root = this.shadowRoot;
    if (!root) return;
    const before = this.#running;
    before?.view.destroy();
    const settings = readSettings(this, this.scriptBase);
    const same = before?.settings.api.href === settings.api.href ? before : undefined;
    const state = same?.state ?? createStateKeeper({ key: `quotewell:${settings.api.href}`, now: Date.now });
    if (!before && this.hasAttribute('open')) state.change({ open: true });
    const conversation = same?.conversation ?? this.#converse(settings, state);
    const view = createView({
      root,
      settings,
      state,
      conversation,
      onOpen: (open) => {
        this.toggleAttribute('open', open);
        this.#tell(open ? 'quotewell-open' : 'quotewell-close', null);
      },
      onClear: () => this.#tell('quotewell-clear', null),
    });
    this.#running = { state, conversation, view, settings };
    this.toggleAttribute('open', settings.position !== 'inline' && state.current().open);
    const { region, language } = same?.settings ?? {};
    if (!same || region !== settings.region || language !== settings.language) {
      whenIdle(() => void conversation.loadStarters());
    }
    if (!same) whenIdle(this.#catchUp);
  }

  #converse(settings: Settings, state: StateKeeper): Conversation {
    const locale = () => {
      const { region, language } = this.#running?.settings ?? settings;
      return { region, language };
    };
    const conversation = createConversation({ state, api: createApi({ base: settings.api }), locale, now: Date.now });
    conversation.listen((happening) => {
      if (happening.kind === 'replied') {
        const { id: replyId, kind } = happening.reply;
        this.#tell('quotewell-reply', { replyId, kind });
      }
      if (happening.kind === 'failed') this.#tell('quotewell-failure', { why: happening.failure.why });
      if (happening.kind === 'rated') this.#tell('quotewell-feedback', happening.rating);
    });
    return conversation;
  }

  #tell<Name extends keyof QuotewellChatEvents>(name: Name, detail: QuotewellChatEvents[Name]['detail']): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

/** The page comes first: nothing is fetched before the browser has time. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: 2_000 });
  else setTimeout(act);
}
