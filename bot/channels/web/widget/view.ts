import { createAnnouncer, spoken } from './announce.ts';
import { createComposer } from './composer.ts';
import { confirm } from './confirm.ts';
import { drawHelp } from './contacts.ts';
import type { Conversation, Happening } from './conversation.ts';
import { copyText } from './copy.ts';
import { button, element, hidden } from './dom.ts';
import { drawHeader } from './header.ts';
import { icon } from './icons.ts';
import { createLauncher } from './launcher.ts';
import { createMenu } from './menu.ts';
import { createDialogPanel, createInlinePanel } from './panel.ts';
import { printLines } from './print.ts';
import { failureInWords } from './reply-view.ts';
import type { Settings } from './settings.ts';
import type { StateKeeper } from './state.ts';
import { createSay } from './texts.ts';
import { createTranscript } from './transcript.ts';
import type { Ui } from './ui.ts';
import { writtenLines, writtenText } from './written.ts';

/** Everything that is seen, for one set of settings. */
export interface View {
  open(): void;
  close(): void;
  /** Opens and asks; returns whether the question was taken. */
  ask(question: string): boolean;
  /** Leaves the shadow tree and stops listening. What it showed is in the state. */
  destroy(): void;
}

export interface ViewParts {
  readonly root: ShadowRoot;
  readonly settings: Settings;
  readonly state: StateKeeper;
  readonly conversation: Conversation;
  /** Whether the chat is open from now on. */
  readonly onOpen: (open: boolean) => void;
  /** The conversation was emptied by the person. */
  readonly onClear: () => void;
}

export function createView({ root, settings, state, conversation, onOpen, onClear }: ViewParts): View {
  const { language, position, clinic, greeting } = settings;
  const say = createSay(language);
  const announcer = createAnnouncer();
  const ui: Ui = { say, language, base: settings.api, conversation, announcer, ask: (question) => send(question) };
  const inline = position === 'inline';
  const title = clinic === undefined ? say('title') : say('titleOfClinic', { clinic });

  const composer = createComposer(ui, state);
  const transcript = createTranscript(ui, {
    greeting,
    change(turn) {
      conversation.takeBack(turn);
      composer.put(turn.question);
      composer.focus();
    },
  });
  const menu = createMenu(ui, {
    copy: () => void copy(),
    print: () => printLines({ heading: heading(), language, lines: writtenLines(ui) }, root),
    startAgain: () => askFirst('startAgain', () => conversation.startAgain()),
    clear: () => askFirst('clear', clear),
    resize,
  });
  const closeButton = button({ class: 'tool' }, close, icon('close'), hidden(say('close')));
  const header = drawHeader({ title, logo: settings.logo }, ui, [menu.toggle, inline ? undefined : closeButton]);
  const offline = element('p', { class: 'offline', hidden: true }, say('offline'));
  const helpTop = element('div', { class: 'help-place' });
  const helpBottom = element('div', { class: 'help-place' });
  const children = [
    header,
    menu.sheet,
    helpTop,
    offline,
    transcript.scroller,
    composer.form,
    helpBottom,
    ...announcer.regions,
  ];
  const parts = {
    titleId: 'title',
    children,
    onEscape: () => (menu.isOpen() ? menu.close() : close()),
    onClosed: close,
  };
  const panel = inline ? createInlinePanel(parts) : createDialogPanel(parts);
  const launcher = inline ? undefined : createLauncher({ say, onPress: () => (panel.isOpen() ? close() : open()) });

  panel.box.lang = language;
  panel.box.dataset.position = position;
  panel.box.dataset.textSize = String(state.current().textSize);
  if (launcher) launcher.box.dataset.position = position;
  root.append(...(launcher ? [launcher.box] : []), panel.box);

  const stop = conversation.listen(show);
  addEventListener('online', online);
  addEventListener('offline', showConnection);
  transcript.drawWelcome();
  transcript.update();
  showHelp();
  showConnection();
  if (inline || state.current().open) panel.open();
  afterOpening();

  return {
    open,
    close,
    ask(question) {
      open();
      return send(question);
    },
    destroy() {
      stop();
      removeEventListener('online', online);
      removeEventListener('offline', showConnection);
      panel.destroy();
      root.replaceChildren();
    },
  };

  function open(): void {
    const was = panel.isOpen();
    panel.open(() => {
      // A keyboard that jumps up on a phone would cover the questions to begin with.
      if (matchMedia('(pointer: coarse)').matches) header.querySelector('h2')?.focus();
      else composer.focus();
    });
    if (was) return;
    afterOpening();
    onOpen(true);
  }

  function close(): void {
    if (inline) return;
    const was = state.current().open || panel.isOpen();
    // First, since what is hidden takes no focus.
    launcher?.update({ open: false, unread: state.current().unread });
    panel.close(() => launcher?.box.focus());
    if (!was) return;
    state.change({ open: false });
    onOpen(false);
  }

  function afterOpening(): void {
    const isOpen = panel.isOpen();
    if (isOpen) state.change({ open: !inline, unread: 0 });
    launcher?.update({ open: isOpen, unread: state.current().unread });
    transcript.showLast();
  }

  function send(question: string): boolean {
    const taken = conversation.send(question);
    if (!taken && conversation.waiting()) announcer.polite(say('pleaseWait'));
    // What was pressed may have gone, and the focus with it.
    if (taken) composer.focus();
    return taken;
  }

  function show(happening: Happening): void {
    transcript.update();
    switch (happening.kind) {
      case 'asked':
        announcer.polite(say('looking'));
        transcript.showLast();
        return;
      case 'replied': {
        showHelp();
        const words = spoken(happening.reply, say);
        if (happening.reply.kind === 'urgent') announcer.assertive(words);
        else announcer.polite(words);
        if (!panel.isOpen()) noticeReply();
        transcript.showLast();
        return;
      }
      case 'failed':
        announcer.polite(`${say('heading_failed')}. ${failureInWords(happening.failure, ui)} ${say('stillHere')}`);
        transcript.showLast();
        return;
      case 'starters':
      case 'starters_failed':
        transcript.drawWelcome(happening.kind === 'starters_failed');
        showHelp();
        return;
      case 'emptied':
        showHelp();
        transcript.showLast();
        return;
      case 'taken_back':
      case 'rated':
        return;
    }
  }

  function noticeReply(): void {
    state.change({ unread: state.current().unread + 1 });
    launcher?.update({ open: false, unread: state.current().unread });
    launcher?.notice(say('replyArrived'));
  }

  /** In the line below the field, or, once a danger was named, above everything. */
  function showHelp(): void {
    const { urgent } = conversation.help();
    const bar = drawHelp(ui);
    helpTop.replaceChildren(...(urgent ? [bar] : []));
    helpBottom.replaceChildren(...(urgent ? [] : [bar]));
  }

  function showConnection(): void {
    offline.hidden = navigator.onLine;
    if (!navigator.onLine && panel.isOpen()) announcer.polite(say('offline'));
  }

  function online(): void {
    showConnection();
    if (panel.isOpen()) announcer.polite(say('online'));
  }

  function resize(step: number): number {
    const textSize = Math.min(TEXT_SIZES.length - 1, Math.max(0, state.current().textSize + step));
    state.change({ textSize });
    panel.box.dataset.textSize = String(textSize);
    return TEXT_SIZES[textSize] ?? 100;
  }

  function heading(): string {
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date());
    return say('printed', { title, date });
  }

  async function copy(): Promise<void> {
    const copied = await copyText(writtenText(heading(), writtenLines(ui)), panel.box);
    announceAndShow(say(copied ? 'copied' : 'copyFailed'));
  }

  function askFirst(what: 'startAgain' | 'clear', act: () => void): void {
    const question = { title: say(`${what}Ask`), says: say(`${what}Says`), action: say(what) };
    confirm(panel.box, question, ui, () => {
      act();
      if (what === 'startAgain') announceAndShow(say('startedAgain'));
      onClear();
      composer.focus();
    });
  }

  async function clear(): Promise<void> {
    const confirmed = await conversation.clear();
    announceAndShow(say(confirmed ? 'cleared' : 'clearedHereOnly'));
  }

  /** For what leaves no other trace on the screen. */
  function announceAndShow(text: string): void {
    announcer.polite(text);
    panel.box.querySelector('.notice')?.remove();
    const notice = element('p', { class: 'notice', 'aria-hidden': 'true' }, text);
    transcript.scroller.before(notice);
    setTimeout(() => notice.remove(), NOTICE_MS);
  }
}

/** In percent; the style sheet has a rule for each, by its index. */
const TEXT_SIZES = [100, 115, 130, 150];

const NOTICE_MS = 8_000;
