/** The story in Markdown, for the operators' window: the Temporal UI shows it as it changes. */
import type { OnboardingView } from '../contract/index.ts';

export function detailsOf(view: OnboardingView): string {
  const lines = [
    view.problem ? problemLine(view.problem) : '',
    view.question ? `**operator, please decide: ${view.question}**` : '',
    view.waitingFor.length > 0 ? `waiting for: ${view.waitingFor.join(', ')}` : '',
    ...view.fieldErrors.map((e) => `AR24 refused ${e.field}: \`${e.slug}\``),
    ...view.claims.map(
      (c) =>
        `${c.what} claimed by ${c.by}, ${clock(c.at)}${c.contradicted ? ': AR24 disagrees' : ''}`,
    ),
    ...view.asked.map(
      (a) =>
        `asked for ${a.what}: ${a.times}x, last ${clock(a.at)}` +
        (a.answersLost > 0 ? `, ${a.answersLost} answer(s) lost` : ''),
    ),
    ...view.overrides.map((o) => `${o.requirement} overridden by ${o.by}: ${o.reason}`),
    view.lastLook ? `AR24, ${clock(view.lastLook.at)}: ${view.lastLook.answer}` : '',
    timesLine(view),
  ].filter((line) => line !== '');
  const title = `**${view.reference}: ${view.status}** since ${clock(view.since)}`;
  // The UI runs together what no empty line parts.
  return [title, ...lines.map((line) => `- ${line}`)].join('\n\n');
}

function problemLine(problem: NonNullable<OnboardingView['problem']>): string {
  const slug = problem.slug === undefined ? '' : ` (\`${problem.slug}\`)`;
  return `**problem: ${problem.kind}**${slug} since ${clock(problem.since)}, next try ${clock(problem.nextTry)}`;
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
