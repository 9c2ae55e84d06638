/** The bot's own folder, as a page elsewhere has to name it. */
export const home = new URL('.', document.baseURI).href;

/**
 * What to paste into a page. The attributes' values are escaped, since they end up in somebody's HTML.
 *
 * @param {{ attributes?: Record<string, string>, pinned?: { file: string, integrity: string } }} [options]
 */
export function snippet({ attributes = {}, pinned } = {}) {
  const script = pinned
    ? `<script src="${home}widget/${pinned.file}"\n  integrity="${pinned.integrity}"\n  crossorigin="anonymous" defer></script>`
    : `<script src="${home}widget.js" defer></script>`;
  const set = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `${script}\n<quotewell-chat${set.join('')}></quotewell-chat>`;
}

/** Fetches which script is served now, and its integrity. */
export async function servedScript() {
  const response = await fetch('widget/manifest.json');
  return response.ok ? response.json() : undefined;
}

/** Makes every `data-copy` button copy the text of the element that it names. */
export function enableCopying() {
  const status = document.getElementById('status');
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      const code = document.getElementById(button.dataset.copy);
      const says = (await copied(code)) ? 'Copied' : 'Select the text and copy it';
      status.textContent = says;
      button.textContent = says;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 3000);
    });
  }
}

async function copied(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    // No clipboard over plain HTTP: at least select it.
    getSelection().selectAllChildren(code);
    return false;
  }
}

function escaped(value) {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
