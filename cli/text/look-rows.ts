/** What AR24 answered last, what goes on with it now, and when it is looked at again. */
import type { PendingCall, SenderView } from '../../client/index.ts';
import { POLL } from '../../client/pending-call.ts';
import { plain } from './plain.ts';
import type { Row } from './row.ts';
import { ago, ahead } from './time.ts';
import { callWords } from './words.ts';

export function lookRows(view: SenderView, now: number): readonly Row[] {
  const poll = view.calls.find(({ what }) => what === POLL);
  return [
    ...view.calls.filter((call) => call !== poll).map((call) => callRow(call, now)),
    ...answerRows(view, poll, now),
    ...(poll === undefined ? [] : nextLookRows(poll, now)),
  ];
}

function callRow({ what, attempt, nextTry, lastAnswer }: PendingCall, now: number): Row {
  const failed = lastAnswer === null ? '' : `: ${plain(lastAnswer)}`;
  const tries = attempt === 1 && lastAnswer === null ? '' : `, try ${attempt}`;
  const when = nextTry === null ? '' : ` ${ahead(nextTry, now)}`;
  return { label: 'now', text: `${callWords(what)}${tries}${when}${failed}` };
}

function answerRows(view: SenderView, poll: PendingCall | undefined, now: number): readonly Row[] {
  const look = view.partial ? null : view.lastLook;
  // Looks that saw no change leave nothing in the workflow: Temporal tells of the last one.
  const unchanged = poll?.unchanged === true && poll.nextTry !== null ? poll : null;
  const at = [look?.at, unchanged?.lastAnswerAt]
    .filter((one) => one != null)
    .sort()
    .at(-1);
  if (at === undefined) return [];
  const answer = look?.answer ?? unchanged?.lastAnswer ?? '';
  return [{ label: 'AR24 said', text: `${plain(answer)} (${ago(at, now)})` }];
}

function nextLookRows(poll: PendingCall, now: number): readonly Row[] {
  const { nextTry, unchanged, lastAnswer } = poll;
  const failed = !unchanged && lastAnswer !== null;
  return [
    ...(failed ? [{ label: 'last try', text: plain(lastAnswer), tone: 'bad' } as const] : []),
    { label: 'next look', text: nextTry === null ? 'now' : ahead(nextTry, now) },
  ];
}
