/**
 * Renews the page without losing the reader's place or their entries, and has the browser keep what is typed.
 * Plain JavaScript for the browser. The page works without it.
 */
export const LIVE = `'use strict';
const FIRST_MS = 2000;
const MOST_MS = 30000;
const GROWTH = 1.3;
const journey = document.getElementById('journey');
let etag = null;
let state = null;
let pause = FIRST_MS;
let timer = 0;
/** By how much the gateway's clock is ahead of the browser's. */
const ahead = journey ? Date.parse(journey.dataset.now) - Date.now() : 0;
/** The parts as the gateway sent them, without the countdown and the opened details. */
const sent = { status: htmlOf('status'), steps: htmlOf('steps'), form: htmlOf('form') };

function htmlOf(id) {
  return document.getElementById(id)?.innerHTML;
}

/** Has the browser keep what is typed, so that a closed tab loses nothing. */
async function keepDraft() {
  const form = document.getElementById('registration');
  if (!form || form.dataset.sent) return;
  const body = new URLSearchParams(new FormData(form));
  // A failure loses nothing yet, and the next change tries again.
  await fetch(form.dataset.draft, { method: 'POST', body, keepalive: true }).catch(() => {});
}

/** A button posts the form. It is a link if the form has gone, and a form that came later is kept first. */
async function changeLanguage(event) {
  const link = event.target.closest('.languages a, .languages button');
  const isLink = link && !link.form;
  if (!isLink || (link.href && !document.getElementById('registration'))) return;
  event.preventDefault();
  await keepDraft();
  location.assign(link.dataset.href ?? link.href);
}

function replace(id, html) {
  const part = document.getElementById(id);
  const fresh = new DOMParser().parseFromString(html, 'text/html').body;
  if (sent[id] === fresh.innerHTML) return false;
  sent[id] = fresh.innerHTML;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : '';
  const opened = [...part.querySelectorAll('details[open]')].map((one) => one.id);
  part.replaceChildren(...fresh.childNodes);
  for (const one of opened) document.getElementById(one)?.setAttribute('open', '');
  if (focused) (document.getElementById(focused) ?? document.getElementById('status-title')).focus();
  return true;
}

/** Says in how long another mail may be requested, and then asks the gateway for the button. */
function countDown() {
  const later = document.getElementById('again-later');
  if (!later) return;
  const leftS = Math.ceil((Date.parse(later.dataset.from) - Date.now() - ahead) / 1000);
  if (leftS > 0) {
    const minutes = Math.floor(leftS / 60);
    const left = (minutes > 0 ? minutes + '\u00a0min ' : '') + (leftS % 60) + '\u00a0s';
    later.textContent = later.dataset.countdown.replace('{}', left);
  } else if (leftS > -2) {
    clearTimeout(timer);
    follow();
  }
}

function show() {
  document.title = state.title;
  if (replace('status', state.status)) {
    document.getElementById('announce').textContent = state.announce;
    document.querySelector('.flash')?.remove();
    pause = FIRST_MS;
  }
  replace('steps', state.steps);
  countDown();
  const form = document.getElementById('form');
  // Never while the reader fills it in. The next poll tries again.
  if (form.dataset.key === state.formKey || form.contains(document.activeElement)) return;
  form.dataset.key = state.formKey;
  replace('form', state.form);
}

async function poll() {
  const headers = etag === null ? {} : { 'if-none-match': etag };
  const address = new URL(journey.dataset.state, location.href);
  address.searchParams.set('form', document.getElementById('form').dataset.key);
  const response = await fetch(address, { headers, cache: 'no-store' });
  if (response.status === 404 || response.status === 410) location.replace(journey.dataset.page);
  if (response.ok) {
    etag = response.headers.get('etag');
    state = await response.json();
  }
  if (state !== null) show();
}

async function follow() {
  timer = 0;
  try {
    await poll();
  } catch {
    // The next poll tries again.
  }
  if (state?.ended) return;
  pause = Math.min(pause * GROWTH, MOST_MS);
  wait();
}

function wait() {
  if (!document.hidden && timer === 0) timer = setTimeout(follow, pause);
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) keepDraft();
  clearTimeout(timer);
  timer = 0;
  pause = FIRST_MS;
  if (!document.hidden && journey && journey.dataset.ended === 'no' && !state?.ended) follow();
});

document.addEventListener('change', keepDraft);
document.addEventListener('click', changeLanguage);
document.addEventListener('submit', (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});

document.querySelector('.summary')?.focus();
// The result of a button is shown once, and not again after a reload.
const here = new URL(location.href);
if (here.searchParams.has('result')) {
  here.searchParams.delete('result');
  history.replaceState(null, '', here);
}
countDown();
setInterval(countDown, 1000);
if (journey && journey.dataset.ended === 'no') wait();
`;
