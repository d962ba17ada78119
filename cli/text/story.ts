/** All that is known of an onboarding now, for a person: the compact story of `status` and `watch`. */
import type { SenderView } from '../../client/index.ts';
import { paint, type Tone } from './colour.ts';
import { headline } from './headline.ts';
import { lookRows } from './look-rows.ts';
import { outcomeTone, outcomeWords } from './outcome.ts';
import { peopleRows } from './people-rows.ts';
import { plain } from './plain.ts';
import { layOut, type Row } from './row.ts';
import { ago, ahead, onTheClock } from './time.ts';
import { problemWords, statusWords, STUCK_WORDS } from './words.ts';

/** @param now ms since the epoch */
export function story(view: SenderView, now: number): string {
  const head = paint('strong', headline(view, now));
  return `${head}\n${layOut(rows(view, now))}`;
}

function rows(view: SenderView, now: number): readonly Row[] {
  return [
    ...stateRows(view, now),
    ...troubleRows(view, now),
    ...(view.partial ? [] : peopleRows(view, now)),
    ...(view.accountId === null ? [] : [{ label: 'account', text: `AR24 ${view.accountId}` }]),
    ...lookRows(view, now),
    ...timeRows(view, now),
  ];
}

function stateRows(view: SenderView, now: number): readonly Row[] {
  const { outcome, status, waitingFor, since } = view;
  const tone: Tone = outcome ? outcomeTone(outcome) : waitingFor.length > 0 ? 'todo' : 'plain';
  const what = outcome ? outcomeWords(outcome) : statusWords(status, waitingFor);
  return [
    { label: 'state', text: what, tone },
    { label: 'since', text: `${onTheClock(since)} (${ago(since, now)})` },
    ...(view.partial && !outcome
      ? [
          {
            label: 'partial',
            text: 'no worker answers: only what Temporal knows',
            tone: 'todo',
          } as const,
        ]
      : []),
  ];
}

function troubleRows(view: SenderView, now: number): readonly Row[] {
  const { reference, problem } = view;
  const stuck = view.stuckBecause.map((why): Row => ({
    label: 'stuck',
    text: STUCK_WORDS[why],
    tone: 'bad',
  }));
  if (problem === null) return stuck;
  const slug = 'slug' in problem && problem.slug !== undefined ? ` (${plain(problem.slug)})` : '';
  const when =
    'since' in problem
      ? `, first seen ${ago(problem.since, now)}; next try ${ahead(problem.nextTry, now)}`
      : '';
  return [
    ...stuck,
    { label: 'problem', text: `${problemWords(problem.kind)}${slug}${when}`, tone: 'bad' },
    { label: 'problem', text: `to try now: onboard check ${reference}`, tone: 'quiet' },
  ];
}

function timeRows(view: SenderView, now: number): readonly Row[] {
  if (view.outcome) return [];
  const reminder = view.partial ? null : view.nextReminder;
  return [
    ...(reminder === null ? [] : [{ label: 'next reminder', text: due(reminder, now) }]),
    { label: 'deadline', text: deadlineText(view, now) },
  ];
}

function deadlineText({ deadline, problem }: SenderView, now: number): string {
  if (deadline !== null) return due(deadline, now);
  return problem ? 'stands still while there is a problem' : 'not known yet';
}

function due(iso: string, now: number): string {
  return `${ahead(iso, now)} (${onTheClock(iso)})`;
}
