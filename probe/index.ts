/**
 * Finds out how an AR24 behaves where its documentation is silent (docs/ar24-api.md 10): docs/first-day.md.
 *
 * A step is one entry of `steps/`: it announces its writes, and `Session.write` sends nothing beyond them.
 */
import { contradictionsIn } from './findings.ts';
import { environmentFrom } from './environment.ts';
import { emptyReport, type Report } from './report.ts';
import { runSteps, type ProbeScreen } from './run.ts';
import { Session, type SessionParts } from './session.ts';
import { selectSteps, type Selection } from './steps.ts';
import { switchesFrom } from './switches.ts';
import { Wire, type Target } from './wire.ts';

export { AddressesSchema, otherAddress, ROLES, type Addresses } from './addresses.ts';
export { differences } from './differences.ts';
export { asMarkdown } from './markdown.ts';
export { NOBODY, type MailKind, type Operator } from './operator.ts';
export { REPORT_FORMAT, reportJsonSchema, ReportSchema, type Report } from './report.ts';
export { stepLines, type ProbeScreen } from './run.ts';
export type { Step } from './step.ts';
export { selectSteps, STEPS } from './steps.ts';
export { NOT_PROBED } from './switches.ts';
export { hostKind, type HostKind } from './target.ts';
export { WebhookListener } from './webhooks.ts';

export interface ProbeOptions extends Pick<
  SessionParts,
  'addresses' | 'operator' | 'waits' | 'listener' | 'save'
> {
  readonly target: Target;
  readonly selection: Selection;
  readonly screen: ProbeScreen;
  /** Of an interrupted run, which goes on. */
  readonly earlier?: Report | undefined;
}

/**
 * Runs the chosen steps. The report is saved before each write and after each step.
 *
 * @throws RangeError for an unknown step, and what `save` throws
 */
export async function probe(options: ProbeOptions): Promise<Report> {
  const { target, selection, screen, earlier, save } = options;
  const steps = selectSteps(selection);
  const complete = (report: Report): Report => ({
    ...report,
    environment: environmentFrom(target.baseUrl, report.findings),
    simulator: { ...switchesFrom(report.findings) },
    notImitated: null,
    contradictions: [...contradictionsIn(report.findings)],
  });
  const session = new Session({
    ...options,
    wire: new Wire(target),
    report: earlier ?? emptyReport(new URL(target.baseUrl).host, new Date()),
    save: (report) => save(complete(report)),
  });
  await runSteps(steps, session, screen);
  return complete(session.report);
}
