/**
 * Updates a page without losing the focus and the scroll position. Plain JavaScript for the browser;
 * without JavaScript the page reloads every ten seconds.
 */
export const LIVE = `'use strict';
const EVERY_MS = 2000;
const PARTS = ['count', 'live'];

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  const focused = document.activeElement?.id;
  for (const id of PARTS) {
    const part = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (part && next && part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  const select = document.getElementById('to');
  const options = fresh.getElementById('to');
  if (!select !== !options) location.reload();
  else if (select && select.innerHTML !== options.innerHTML && document.activeElement !== select)
    select.replaceChildren(...options.childNodes);
}

async function follow() {
  try {
    await refresh();
  } catch {
    // The simulator is restarting: try again later.
  }
  setTimeout(follow, EVERY_MS);
}

document.getElementById('to')?.addEventListener('change', (event) => event.target.form.submit());
setTimeout(follow, EVERY_MS);
`;
