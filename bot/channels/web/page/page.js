import { ask, fetchStarters } from './api.js';
import { drawContacts, drawHelp } from './draw-contacts.js';
import { drawChoice, drawReply, spoken } from './draw-reply.js';
import { element } from './element.js';

/* One conversation, in memory only: a reload begins a new one, and nothing stays in the browser. */

const QUESTION_LIMIT = 2000;
const NEAR_LIMIT = 1800;

const [form, question, hint, region, greeting, starters, transcript, help, status] = [
  'composer',
  'question',
  'hint',
  'region',
  'greeting',
  'starters',
  'transcript',
  'help',
  'status',
].map((id) => document.getElementById(id));

let conversationId;
let waiting = false;
/** What the bar at the bottom shows, and what an error shows when the server can't say. */
let emergencyContacts = [];

form.addEventListener('submit', (event) => {
  event.preventDefault();
  sendTyped();
});
question.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendTyped();
});
question.addEventListener('input', showLength);
if (!CSS.supports('field-sizing', 'content')) question.addEventListener('input', growToFit);
region.addEventListener('change', () => loadStarters(region.value));
loadStarters();

async function loadStarters(chosen) {
  const answer = await fetchStarters(chosen);
  if (!answer.ok) {
    const again = element(
      'button',
      { type: 'button', class: 'choice', onclick: () => loadStarters(chosen) },
      'Try again',
    );
    starters.replaceChildren(element('p', { class: 'note' }, answer.says), again);
    return;
  }
  region.value = answer.value.region;
  greeting.textContent = answer.value.greeting;
  starters.replaceChildren(...answer.value.questions.map((text) => drawChoice(text, send)));
  showEmergencyContacts(answer.value.contacts);
}

function sendTyped() {
  const text = question.value;
  if (text.trim() === '' || lengthOf(text) > QUESTION_LIMIT) {
    showLength();
    question.focus();
    return;
  }
  if (send(text)) {
    question.value = '';
    showLength();
  }
}

/** Returns whether the question was taken; while another is under way it is not, and stays where it was typed. */
function send(text) {
  if (waiting) {
    status.textContent = 'Please wait for the reply before you ask again.';
    return false;
  }
  const asked = element('li', { class: 'asked' }, element('span', { class: 'hidden' }, 'You asked: '), text);
  const place = element('li', { class: 'replied' });
  transcript.append(asked, place);
  askInto(place, text, asked);
  return true;
}

async function askInto(place, text, asked) {
  waiting = true;
  status.textContent = 'Looking through the passages.';
  place.replaceChildren(drawTyping());
  bringIntoView(asked);
  const answer = await ask({ question: text, conversationId, region: region.value });
  waiting = false;
  if (answer.ok) showReply(place, answer.value);
  else showFailure(place, answer, { text, asked });
  bringIntoView(asked);
}

function showReply(place, reply) {
  conversationId = reply.conversationId;
  place.replaceChildren(drawReply(reply, { onAsk: send }));
  status.textContent = spoken(reply);
  if (reply.kind === 'urgent') showEmergencyContacts(reply.contacts);
}

/** The question stays in view and can be sent again as it is, or taken back to be changed. */
function showFailure(place, { says, contacts = emergencyContacts }, { text, asked }) {
  const retry = () => {
    if (!waiting) askInto(place, text, asked);
    question.focus();
  };
  const edit = () => {
    asked.remove();
    place.remove();
    question.value = question.value.trim() === '' ? text : `${text}\n${question.value}`;
    showLength();
    question.focus();
  };
  place.replaceChildren(
    element(
      'article',
      { class: 'reply reply-failed' },
      element('h2', { class: 'reply-title' }, 'Your question was not answered'),
      element('p', { class: 'message' }, says),
      element(
        'div',
        { class: 'choices' },
        element('button', { type: 'button', class: 'choice', onclick: retry }, 'Try again'),
        element('button', { type: 'button', class: 'choice', onclick: edit }, 'Change the question'),
      ),
      element(
        'div',
        {},
        element('p', { class: 'next-title' }, 'If this can’t wait'),
        drawContacts(contacts) ?? element('p', {}, 'Call your local emergency number.'),
      ),
    ),
  );
  status.textContent = `Your question was not answered. ${says} Your question is still here.`;
}

function drawTyping() {
  return element(
    'p',
    { class: 'typing' },
    ...[1, 2, 3].map(() => element('span', { class: 'dot', 'aria-hidden': 'true' })),
    element('span', { class: 'typing-text' }, 'Looking through the passages'),
  );
}

function showEmergencyContacts(contacts) {
  const numbers = drawHelp(contacts);
  if (numbers.length === 0) return;
  emergencyContacts = contacts;
  help.replaceChildren(...numbers);
}

function showLength() {
  const length = lengthOf(question.value);
  const over = length > QUESTION_LIMIT;
  question.setAttribute('aria-invalid', String(over));
  hint.classList.toggle('hint-over', over);
  hint.textContent =
    length > NEAR_LIMIT
      ? `${length} of ${QUESTION_LIMIT} characters${over ? ': please shorten your question' : ''}`
      : '';
}

/** What `field-sizing: content` does where there is no such thing; the style sheet still sets the most. */
function growToFit() {
  question.style.height = 'auto';
  question.style.height = `${question.scrollHeight + 2}px`;
}

/** Characters as the server counts them: an emoji is one. */
function lengthOf(text) {
  return [...text].length;
}

function bringIntoView(item) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  item.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
}
