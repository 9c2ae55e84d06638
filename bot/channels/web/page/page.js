import { enableCopying, home, servedScript, snippet } from './snippet.js';

const chat = document.querySelector('quotewell-chat');
const at = (id) => document.getElementById(id);

at('open').addEventListener('click', () => chat.open());
for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => chat.ask(button.dataset.ask));
}

at('snippet').textContent = snippet({ attributes: { clinic: 'Your clinic' } });
at('policy').textContent = `script-src ${new URL(home).origin}; connect-src ${new URL(home).origin}`;
enableCopying();
showStarters();
showPinned();

async function showStarters() {
  const response = await fetch('api/starters');
  if (!response.ok) return;
  const { questions } = await response.json();
  at('starters').replaceChildren(...questions.map(drawQuestion));
}

function drawQuestion(question) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = question;
  button.addEventListener('click', () => chat.ask(question));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

async function showPinned() {
  const pinned = await servedScript();
  if (pinned) at('pinned').textContent = snippet({ attributes: { clinic: 'Your clinic' }, pinned });
}
