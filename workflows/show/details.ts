/** The story in Markdown, for the operators' window: the Temporal UI shows it as it changes. */
import type { OnboardingView } from '../contract/index.ts';

export function detailsOf(view: OnboardingView): string {
  return [
    `**${view.reference}: ${view.status}** since ${view.since}`,
    view.waitingFor.length > 0 ? `- waiting for: ${view.waitingFor.join(', ')}` : '',
    view.question ? `- operator, please decide: ${view.question}` : '',
    view.problem ? problemLine(view.problem) : '',
    ...view.fieldErrors.map((e) => `- AR24 refused ${e.field}: \`${e.slug}\``),
    ...view.claims.map(
      (c) => `- ${c.what} claimed by ${c.by} at ${c.at}${c.contradicted ? ', AR24 disagrees' : ''}`,
    ),
    ...view.asked.map(
      (a) =>
        `- asked for ${a.what} ${a.times} time(s), last ${a.at}` +
        (a.answersLost > 0 ? `, ${a.answersLost} answer(s) lost` : ''),
    ),
    ...view.overrides.map((o) => `- ${o.requirement} overridden by ${o.by}: ${o.reason}`),
    view.lastLook ? `- AR24 at ${view.lastLook.at}: ${view.lastLook.answer}` : '',
    view.nextReminder ? `- next reminder: ${view.nextReminder}` : '',
    view.deadline ? `- deadline: ${view.deadline}` : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function problemLine(problem: NonNullable<OnboardingView['problem']>): string {
  const slug = problem.slug === undefined ? '' : ` (\`${problem.slug}\`)`;
  return `- **problem: ${problem.kind}**${slug} since ${problem.since}, next try ${problem.nextTry}`;
}
