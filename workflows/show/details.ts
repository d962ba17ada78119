/** The story in Markdown, for the operators' window: the Temporal UI shows it as it changes. */
import type { OnboardingView } from '../contract/index.ts';

export function detailsOf(view: OnboardingView): string {
  const lines = [
    view.problem ? problemLine(view.problem) : '',
    view.question ? `**operator, please decide: ${view.question}**` : '',
    view.notVisible.length > 0 ? `AR24 does not show: ${view.notVisible.join(', ')}` : '',
    view.waitingFor.length > 0 ? `waiting for: ${view.waitingFor.join(', ')}` : '',
    ...view.fieldErrors.map((e) => `AR24 refused ${e.field}: \`${e.slug}\``),
    ...view.claims.map(
      (c) =>
        `${c.what} claimed by ${c.by}, ${clock(c.at)}${c.contradicted ? ': AR24 disagrees' : ''}`,
    ),
    ...view.requests.map(
      (a) =>
        `asked for ${a.kind}: ${a.times}x, last ${clock(a.at)}` +
        (a.unconfirmed > 0 ? `, ${a.unconfirmed} answer(s) lost` : ''),
    ),
    view.otherAddress
      ? `the sign-up has another address, says ${view.otherAddress.by}, ${clock(view.otherAddress.at)}: ${view.otherAddress.maskedEmail}`
      : '',
    ...view.overrides.map((o) => `${o.requirement} overridden by ${o.by}: ${o.reason}`),
    view.lastRead ? `AR24, ${clock(view.lastRead.at)}: ${view.lastRead.answer}` : '',
    timesLine(view),
  ].filter((line) => line !== '');
  const title = `**${view.reference}: ${view.status}** since ${clock(view.since)}`;
  // The UI runs together what no empty line parts.
  return [title, ...lines.map((line) => `- ${line}`)].join('\n\n');
}

function problemLine(problem: NonNullable<OnboardingView['problem']>): string {
  const what = problem.slug ?? problem.field;
  const said = what === undefined ? '' : ` (\`${what}\`)`;
  return `**problem: ${problem.kind}**${said} since ${clock(problem.since)}, next try ${clock(problem.nextTry)}`;
}

function timesLine({ nextReminder, deadline }: OnboardingView): string {
  return [
    nextReminder === null ? '' : `next reminder ${clock(nextReminder)}`,
    deadline === null ? '' : `deadline ${clock(deadline)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** ISO 8601 to the minute, as people read it. */
function clock(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
