const TIMEOUT_MS = 20_000;

/** Greeting, starter questions and contacts; the clinic's region when none is given. */
export function fetchStarters(region) {
  const query = region === undefined ? '' : `?${new URLSearchParams({ region })}`;
  return request(`api/starters${query}`);
}

export function ask({ question, conversationId, region }) {
  return request('api/ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ question, conversationId, region }),
  });
}

/**
 * Never throws: a question that fails is a state of the page.
 *
 * @returns {Promise<{ ok: true, value: any } | { ok: false, says: string, contacts?: object[] }>}
 */
async function request(url, options) {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = await response.json();
    if (response.ok) return { ok: true, value: body };
    return { ok: false, says: `${body.title}. ${body.detail}`, contacts: body.contacts };
  } catch (error) {
    const slow = error instanceof DOMException && error.name === 'TimeoutError';
    return {
      ok: false,
      says: slow ? 'The bot takes too long to reply.' : 'The bot can’t be reached. Please check your connection.',
    };
  }
}
