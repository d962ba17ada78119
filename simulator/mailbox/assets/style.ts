/** One style sheet, for phone and desk, light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f4f6f6; --card: #fff; --ink: #1b2729; --soft: #536367; --line: #d5dddf;
  --brand: #0b5d66; --on-brand: #fff; --wash: #e3f0f1;
  --wait: #8a4b00; --wait-wash: #fdf0dc; --good: #1d6b3a; --good-wash: #e2f3e8;
  --bad: #a3262a; --bad-wash: #fbe6e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10181a; --card: #192427; --ink: #e6eded; --soft: #9fb0b4; --line: #2d3c40;
    --brand: #5cc3cd; --on-brand: #07282c; --wash: #17383c;
    --wait: #f4bd6a; --wait-wash: #3a2b12; --good: #7fd19b; --good-wash: #16331f;
    --bad: #f59a9c; --bad-wash: #3b1c1e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; border-radius: 6px; }
.banner { background: var(--card); border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 1; }
.bar { max-width: 60rem; margin: 0 auto; padding: .5rem 1rem; display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; }
.brand { display: flex; align-items: center; gap: .6rem; font-weight: 650; color: inherit; text-decoration: none; min-height: 44px; }
.turn { justify-content: space-between; margin: 1.25rem 0; }
nav.turn a { color: var(--ink); padding: .5rem .7rem; white-space: nowrap; }
#older { margin-left: auto; }
nav { display: flex; gap: .25rem; }
nav a { color: var(--soft); text-decoration: none; padding: .5rem .75rem; border-radius: 8px; min-height: 44px; display: flex; align-items: center; }
nav a:hover { background: var(--wash); color: var(--ink); }
nav a[aria-current] { color: var(--brand); background: var(--wash); font-weight: 600; }
.languages { margin-left: auto; font-size: .875rem; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 2rem; }
.heading { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 0; overflow-wrap: anywhere; }
section > h2 { margin: 2rem 0 .75rem; }
.count, .meta, .to, footer, dt { color: var(--soft); font-size: .9rem; }
.count { margin: 0; }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin: 1rem 0; }
.filter select { flex: 1 1 12rem; max-width: 26rem; min-width: 0; }
select, button, .button {
  font: inherit; min-height: 44px; border-radius: 8px; padding: .5rem 1.1rem;
  border: 1px solid var(--line); background: var(--card); color: var(--ink);
}
button, .button { cursor: pointer; font-weight: 600; text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
button.main { background: var(--brand); border-color: var(--brand); color: var(--on-brand); }
button:hover, .button:hover { filter: brightness(.94); }
.mails, .accounts { list-style: none; margin: 1rem 0 0; padding: 0; display: grid; gap: .9rem; }
.mail, .card, .empty { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.25rem; }
.mail.open { border-left: 4px solid var(--brand); }
.mail.done, .mail.declined { background: none; }
.mail p { margin: .4rem 0; }
.meta { display: flex; flex-wrap: wrap; gap: .2rem .75rem; align-items: center; }
.meta time { margin-left: auto; }
.to { overflow-wrap: anywhere; }
.to strong { color: var(--ink); font-weight: 600; }
.badge { border-radius: 99px; padding: .1rem .65rem; font-size: .8rem; font-weight: 650; background: var(--wash); color: var(--brand); }
.badge.open, .badge.wait { background: var(--wait-wash); color: var(--wait); }
.badge.done, .badge.good { background: var(--good-wash); color: var(--good); }
.badge.declined, .badge.bad { background: var(--bad-wash); color: var(--bad); }
.buttons { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1rem; }
.buttons form { display: flex; }
.empty { text-align: center; padding: 3rem 1.25rem; margin-top: 1rem; }
.empty h2 { margin: .75rem 0 .25rem; font-size: 1.25rem; }
.empty p { color: var(--soft); max-width: 34rem; margin: .4rem auto; }
code, pre { background: var(--wash); border-radius: 6px; padding: .15rem .4rem; font-size: .9rem; overflow-wrap: anywhere; }
pre { padding: 1rem; overflow: auto; }
.card { max-width: 34rem; margin: 1.5rem auto; padding: 2rem 1.5rem; text-align: center; }
.card .buttons { justify-content: center; }
.mark { width: 3.5rem; height: 3.5rem; border-radius: 50%; margin: 0 auto 1rem; display: grid; place-items: center; font-size: 1.6rem; background: var(--wash); color: var(--brand); }
.card.good .mark { background: var(--good-wash); color: var(--good); }
.card.bad .mark { background: var(--bad-wash); color: var(--bad); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem 1rem; margin: .75rem 0 0; }
dd { margin: 0; overflow-wrap: anywhere; }
dd.good { color: var(--good); } dd.wait { color: var(--wait); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .5rem .9rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-weight: 600; }
footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem 2rem; }
@media (max-width: 34rem) {
  .bar { padding-bottom: 0; gap: 0 .5rem; }
  .languages { margin-left: auto; order: 2; }
  nav:not(.languages) { order: 3; width: 100%; }
  .meta time { margin-left: 0; }
  .mail .buttons form, .mail .buttons button { flex: 1 1 100%; }
  .filter label { flex-basis: 100%; }
}
`;
