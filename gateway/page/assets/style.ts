/** One style sheet, for phone and desk, light and dark. The partner's colours come after it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #eef1f4; --card: #fff; --ink: #1a232c; --soft: #4d5b68; --line: #d3dae1;
  --field: #6b7885; --wash: #eef1f4; --good: #1b6a3a; --good-wash: #e3f3e9;
  --wait: #7a4500; --wait-wash: #fdf1df; --bad: #a1211f; --bad-wash: #fceaea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12181d; --card: #1b232a; --ink: #e7ecf0; --soft: #a9b6c1; --line: #33404b;
    --field: #8a98a5; --wash: #222b33; --good: #82d3a0; --good-wash: #18331f;
    --wait: #f2bf75; --wait-wash: #37290f; --bad: #f5a09d; --bad-wash: #3b1d1e;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: .15em; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .6rem 1rem; z-index: 2; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
h1[tabindex]:focus-visible { outline-offset: 6px; }
.banner { background: var(--card); border-top: 4px solid var(--brand); border-bottom: 1px solid var(--line); }
.bar { max-width: 66rem; margin: 0 auto; padding: .4rem 1rem; display: flex; flex-wrap: wrap; align-items: center; gap: 0 1rem; }
.partner { flex: 1 1 auto; max-width: 100%; line-height: 1.3; margin: 0; font-weight: 650; font-size: 1.1rem; min-height: 44px; display: flex; align-items: center; overflow-wrap: break-word; }
.partner img { max-height: 36px; max-width: min(11rem, 100%); }
.languages { margin-left: auto; display: flex; font-size: .9375rem; }
.languages :is(a, button) { color: var(--soft); text-decoration: none; padding: 0 .65rem; min-height: 44px; display: flex; align-items: center; border-radius: 6px; border: 0; background: none; font-weight: 400; }
.languages :is(a, button):hover { color: var(--ink); text-decoration: underline; }
.languages [aria-current] { color: var(--ink); font-weight: 650; }
main { flex: 1; width: 100%; max-width: 66rem; margin: 0 auto; padding: 1.25rem 1rem 2rem; }
.journey, .main, #form { display: grid; gap: 1rem; align-content: start; grid-template-columns: minmax(0, 1fr); }
#form:empty { display: none; }
@media (min-width: 56rem) {
  main { padding-top: 2rem; }
  .journey { grid-template-columns: minmax(0, 1fr) 20rem; gap: 1.5rem; }
  .main { gap: 1.25rem; }
}
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.35rem 1.25rem; }
@media (min-width: 40rem) { .card { padding: 1.75rem 2rem; } .card.steps { padding: 1.5rem; } }
.notice { max-width: 40rem; margin: 1rem auto; }
h1 { font-size: 1.55rem; line-height: 1.25; letter-spacing: -.01em; margin: 0 0 .6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.35; margin: 0 0 .5rem; }
h3 { font-size: 1.0625rem; margin: 0 0 .35rem; }
p { margin: 0 0 .75rem; overflow-wrap: anywhere; }
.card > :last-child { margin-bottom: 0; }
.soft, footer { color: var(--soft); font-size: .9375rem; }
.mark { width: 3rem; height: 3rem; border-radius: 50%; display: grid; place-items: center; font-size: 1.4rem; font-weight: 700; background: var(--good-wash); color: var(--good); }
.flash { margin: 0; padding: .85rem 1.1rem; border-radius: 10px; background: var(--card); border: 1px solid var(--field); }
.flash.good { background: var(--good-wash); border-color: var(--good); }
.held { padding: .75rem 1rem; border-radius: 10px; background: var(--wait-wash); color: var(--wait); }
.mail { margin: 1.1rem 0; padding: 1rem 1.1rem; border-radius: 10px; background: var(--wash); border-left: 4px solid var(--accent); }
.mail h2 { font-size: .875rem; font-weight: 600; color: var(--soft); margin: 0 0 .15rem; }
.mail p { margin: 0 0 .4rem; }
.mail ul { list-style: none; margin: 0 0 .5rem; padding: 0; }
.mail li { padding: .35rem 0; overflow-wrap: anywhere; }
.mail li + li { border-top: 1px solid var(--line); }
.where { display: block; }
.unbroken { white-space: nowrap; }
.mail > :last-child { margin-bottom: 0; }
.badge { display: inline-block; margin-left: .35rem; padding: 0 .55rem; border-radius: 1rem; font-size: .875rem; background: var(--card); border: 1px solid var(--line); }
.mail li.done strong { font-weight: 400; }
.mail li.done .badge { background: var(--good-wash); border-color: var(--good); color: var(--good); }
.mail form { margin: .6rem 0; }
summary { cursor: pointer; min-height: 44px; display: flex; align-items: center; gap: .45rem; color: var(--accent); text-decoration: underline; text-underline-offset: .15em; }
summary::before { content: "▸"; } [open] > summary::before { content: "▾"; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.1rem 0 .6rem; }
.actions form { display: flex; }
button, .button {
  font: inherit; font-weight: 600; min-height: 48px; padding: .55rem 1.35rem; border-radius: 10px; cursor: pointer;
  border: 1px solid var(--field); background: var(--card); color: var(--ink);
  display: inline-flex; align-items: center; justify-content: center; text-align: center; text-decoration: none;
}
button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.grave { border-color: var(--bad); color: var(--bad); }
button:hover, .button:hover { filter: brightness(.95); }
.steps ol { list-style: none; margin: .75rem 0 0; padding: 0; }
.steps li { display: flex; gap: .8rem; position: relative; padding-bottom: 1.1rem; }
.steps li:last-child { padding-bottom: 0; }
.steps li:not(:last-child)::before { content: ""; position: absolute; left: .8rem; top: 1.6rem; bottom: 0; width: 2px; background: var(--line); }
.dot { flex: none; width: 1.65rem; height: 1.65rem; border-radius: 50%; border: 2px solid var(--line); background: var(--card); display: grid; place-items: center; font-size: .85rem; font-weight: 700; }
.done .dot { background: var(--good-wash); border-color: var(--good); color: var(--good); }
.now .dot { border-color: var(--accent); background: radial-gradient(circle, var(--accent) 0 35%, transparent 38%); }
.now .what { font-weight: 650; }
.later .what { color: var(--soft); }
.state { display: block; font-size: .875rem; font-weight: 400; color: var(--soft); }
.done .state { color: var(--good); } .now .state { color: var(--accent); }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.registration > fieldset { border-top: 1px solid var(--line); padding-top: 1.1rem; margin-top: 1.25rem; }
.registration > fieldset > legend { float: left; width: 100%; font-weight: 650; font-size: 1.2rem; padding: 0; margin-bottom: .7rem; }
.registration > fieldset > legend.unseen { width: 1px; }
.registration > fieldset > legend + * { clear: both; }
.field { margin: 0 0 1.1rem; max-width: 30rem; }
.field > label:not(.option), .choice > legend { display: block; font-weight: 600; padding: 0; margin-bottom: .25rem; }
.optional, .hint { font-weight: 400; color: var(--soft); font-size: .9375rem; }
.hint { margin: 0 0 .3rem; }
input:not([type=radio], [type=checkbox], [type=hidden]), select {
  font: inherit; width: 100%; min-height: 48px; padding: .5rem .75rem; border-radius: 8px;
  border: 1px solid var(--field); background: var(--card); color: var(--ink);
}
#f-zipcode { max-width: 12rem; }
.option { display: flex; align-items: center; gap: .7rem; min-height: 44px; cursor: pointer; }
.option input { flex: none; width: 1.35rem; height: 1.35rem; margin: 0; accent-color: var(--accent); }
.fault { color: var(--bad); font-weight: 600; margin: 0 0 .3rem; }
.faulty > input, .faulty > select { border: 2px solid var(--bad); }
.summary { background: var(--bad-wash); border: 1px solid var(--bad); border-radius: 10px; padding: 1rem 1.1rem; margin: 0 0 1rem; }
.summary h3 { color: var(--bad); }
.summary ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
.summary a { color: var(--bad); }
.summary > :last-child { margin-bottom: 0; }
.summary.good { background: var(--good-wash); border-color: var(--good); }
.summary.good h3 { color: var(--good); margin: 0; }
.summary.note { background: var(--wait-wash); border-color: var(--wait); }
.summary.note h3 { color: var(--wait); margin: 0; }
.chosen { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1rem; padding: .75rem 1rem; margin: 0 0 1rem; border-radius: 10px; background: var(--wash); }
.chosen p { margin: 0; }
.chosen .soft { display: block; }
.look-up { margin-top: .6rem; }
footer { max-width: 66rem; width: 100%; margin: 0 auto; padding: 0 1rem 1.75rem; }
footer p { max-width: 44rem; margin: 0 0 .4rem; overflow-wrap: break-word; }
.legal { display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none; margin: 0; padding: 0; }
.legal a { display: inline-flex; align-items: center; min-height: 44px; }
@media (max-width: 30rem) { .actions form, .actions button { flex: 1 1 100%; } .button { width: 100%; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
