/** The state of an onboarding for a person, as `status` and `watch` show it. */
import type { SenderView, PendingCall } from '../../client/index.ts';
import { POLL } from '../../client/pending-call.ts';
import { headline } from './headline.ts';
import { outcomeTone, outcomeWords } from './outcome.ts';
import { peopleRows } from './people-rows.ts';
import { layOut, type TableRow } from './row.ts';
import { paint, type Tone, plain } from './style.ts';
import { ago, ahead, onTheClock } from './time.ts';
import { problemWords, statusWords, STUCK_WORDS, missingKeyWords, callWords } from './words.ts';

/** @param now ms since the epoch */
export function story(view: SenderView, now: number): string {
  const head = paint('strong', headline(view, now));
  return `${head}\n${layOut(rows(view, now))}`;
}

function rows(view: SenderView, now: number): readonly TableRow[] {
  return [
    ...stateRows(view, now),
    ...troubleRows(view, now),
    ...(view.partial ? [] : [{ label: 'address', text: plain(view.maskedEmail) }]),
    ...(view.partial ? [] : peopleRows(view, now)),
    ...(view.accountId === null ? [] : [{ label: 'account', text: `AR24 ${view.accountId}` }]),
    ...readRows(view, now),
    ...timeRows(view, now),
  ];
}

function stateRows(view: SenderView, now: number): readonly TableRow[] {
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
            text: 'no worker answers: only the data of Temporal',
            tone: 'todo',
          } as const,
        ]
      : []),
  ];
}

function troubleRows(view: SenderView, now: number): readonly TableRow[] {
  const { reference, problem } = view;
  const stuck = view.stuckBecause.map((why): TableRow => ({
    label: 'stuck',
    text: why === 'missing-key' ? missingKeyWords(view.missingKeys) : STUCK_WORDS[why],
    tone: 'bad',
  }));
  if (problem === null) return stuck;
  const what = 'nextTry' in problem ? (problem.slug ?? problem.field) : undefined;
  const detail = what === undefined ? '' : ` (${plain(what)})`;
  const firstSeen = problem.since === undefined ? '' : `, first seen ${ago(problem.since, now)}`;
  const next = 'nextTry' in problem ? `; next try ${ahead(problem.nextTry, now)}` : '';
  return [
    ...stuck,
    {
      label: 'problem',
      text: `${problemWords(problem.kind)}${detail}${firstSeen}${next}`,
      tone: 'bad',
    },
    { label: 'problem', text: `to try now: onboard check ${reference}`, tone: 'quiet' },
  ];
}

function timeRows(view: SenderView, now: number): readonly TableRow[] {
  if (view.outcome) return [];
  const reminder = view.partial ? null : view.nextReminder;
  return [
    ...(reminder === null ? [] : [{ label: 'next reminder', text: due(reminder, now) }]),
    { label: 'deadline', text: deadlineText(view, now) },
  ];
}

function deadlineText({ deadline, problem }: SenderView, now: number): string {
  if (deadline !== null) return due(deadline, now);
  return problem ? 'paused while there is a problem' : 'not known yet';
}

function due(iso: string, now: number): string {
  return `${ahead(iso, now)} (${onTheClock(iso)})`;
}

function readRows(view: SenderView, now: number): readonly TableRow[] {
  const poll = view.calls.find(({ what }) => what === POLL);
  return [
    ...view.calls.filter((call) => call !== poll).map((call) => callRow(call, now)),
    ...answerRows(view, poll, now),
    ...(poll === undefined ? [] : nextReadRows(poll, now)),
  ];
}

function callRow({ what, attempt, nextTry, lastAnswer }: PendingCall, now: number): TableRow {
  const failed = lastAnswer === null ? '' : `: ${plain(lastAnswer)}`;
  const tries = attempt === 1 && lastAnswer === null ? '' : `, try ${attempt}`;
  const when = nextTry === null ? '' : ` ${ahead(nextTry, now)}`;
  return { label: 'now', text: `${callWords(what)}${tries}${when}${failed}` };
}

function answerRows(
  view: SenderView,
  poll: PendingCall | undefined,
  now: number,
): readonly TableRow[] {
  const read = view.partial ? answerIn(poll) : view.lastRead;
  if (read === null) return [];
  return [{ label: 'AR24 said', text: `${plain(read.answer)} (${ago(read.at, now)})` }];
}

/** The last answer where no worker answers. */
function answerIn(poll: PendingCall | undefined): { at: string; answer: string } | null {
  if (poll?.unchanged !== true || poll.lastAnswerAt === null) return null;
  return { at: poll.lastAnswerAt, answer: poll.lastAnswer ?? '' };
}

function nextReadRows(poll: PendingCall, now: number): readonly TableRow[] {
  const { nextTry, unchanged, lastAnswer, lastAnswerAt } = poll;
  const failed = !unchanged && lastAnswer !== null;
  const when = lastAnswerAt === null ? '' : ` (${ago(lastAnswerAt, now)})`;
  return [
    ...(failed
      ? [{ label: 'last try', text: `${plain(lastAnswer)}${when}`, tone: 'bad' } as const]
      : []),
    { label: 'next read', text: nextTry === null ? 'now' : ahead(nextTry, now) },
  ];
}
