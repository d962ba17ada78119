/** `onboard probe`: checks where it would run, shows the plan, runs it, and keeps the report. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import {
  AddressesSchema,
  hostKind,
  otherAddress,
  probe,
  reportJsonSchema,
  ROLES,
  selectSteps,
  stepLines,
  WebhookListener,
  type Addresses,
  type HostKind,
  type ProbeScreen,
  type Report,
  type Step,
} from '../../probe/index.ts';
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { inputName, readText } from '../input/read-input.ts';
import { createOutput, type Output } from '../output.ts';
import { systemErrorIn } from '../system-error.ts';
import { paint } from '../text/style.ts';
import { atTerminal } from './at-terminal.ts';
import { jsonIn, markdownPath, readReport, writeReport } from './report-file.ts';

export interface ProbeCommandOptions {
  readonly readOnly?: boolean;
  readonly step: readonly string[];
  readonly plan?: boolean;
  readonly schema?: boolean;
  readonly addresses?: string;
  readonly report: string;
  readonly continue?: boolean;
  readonly listen?: { readonly host: string; readonly port: number };
  readonly production?: boolean;
  /** For a host whose name does not say it. */
  readonly hostIs?: Exclude<HostKind, 'production'>;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const WAITS = { changeMs: 120_000, everyMs: 2_000, webhookMs: 30_000 };

/** @throws CommandError, EnvironmentError */
export async function runProbe(given: ProbeCommandOptions): Promise<void> {
  const output = createOutput(given);
  if (given.schema === true) {
    output.result(reportJsonSchema(), () => JSON.stringify(reportJsonSchema(), null, 2));
    return;
  }
  const steps = stepsOf(given);
  if (given.plan === true) {
    const plan = steps.map(({ name, kind, finds, announces }) => ({
      name,
      kind,
      finds,
      announces,
    }));
    output.result(plan, () => steps.map(stepText).join('\n'));
    return;
  }
  const values = readEnvironment(AR24_VARIABLES);
  refuseUnknownHost(values, given);
  const addresses = given.addresses === undefined ? {} : await readAddresses(given.addresses);
  const earlier = await earlierReport(given, values);
  refuseOtherAddresses(addresses, earlier);
  const yes = given.yes === true;
  if (!yes && !process.stdin.isTTY) {
    throw new CommandError(
      'the input is no terminal, so nobody can confirm a step: read what the steps do with --plan, then add --yes ' +
        'to confirm all of them',
    );
  }
  const interrupt = (): never => {
    process.stderr.write(`\n${interrupted(given.report)}\n`);
    process.exit(EXIT.interrupted);
  };
  process.once('SIGINT', interrupt);
  const person = atTerminal((role) => addresses[role as keyof Addresses], yes, interrupt);
  output.note(`AR24 at ${new URL(values.AR24_BASE_URL).host}; the report is ${given.report}`);
  const listener = await listen(given.listen);
  if (listener !== undefined) output.note(`listening for webhooks on port ${listener.port}`);
  try {
    const found = await probe({
      target: {
        baseUrl: values.AR24_BASE_URL,
        token: values.AR24_TOKEN,
        privateKey: values.AR24_PRIVATE_KEY,
        timeoutMs: values.AR24_TIMEOUT_MS,
      },
      selection: { readOnly: given.readOnly, named: given.step },
      addresses,
      operator: person.operator,
      waits: WAITS,
      listener,
      earlier,
      screen: screenOf(output, person.confirm),
      save: (saved) => writeReport(given.report, saved),
    });
    const report = await compared(found, output);
    await writeReport(given.report, report);
    output.result(report, () => ending(report, given.report));
    if (hasFailed(report)) process.exitCode = EXIT.unhealthy;
  } finally {
    person.close();
    await listener?.close();
  }
}

/** The report keeps all that was found, even if the comparison fails. */
async function compared(report: Report, output: Output): Promise<Report> {
  if (Object.keys(report.simulator).length === 0) return report;
  output.note('comparing with a simulator that behaves alike, for a few seconds');
  const { withImitation } = await import('./imitation.ts');
  try {
    return await withImitation(report);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    output.note(`a simulator could not be compared with the findings (${name})`);
    return report;
  }
}

function stepsOf({ readOnly, step }: ProbeCommandOptions): readonly Step[] {
  try {
    return selectSteps({ readOnly, named: step });
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  }
}

function refuseUnknownHost(
  { AR24_BASE_URL: url }: Values<typeof AR24_VARIABLES>,
  { production, hostIs }: ProbeCommandOptions,
): void {
  const kind = hostKind(url);
  if (production === true) return;
  if (kind === undefined && hostIs === undefined) {
    throw new CommandError(
      `AR24_BASE_URL is at ${new URL(url).host}, which is neither a sandbox of AR24’s nor this machine. If it leads to a ` +
        'sandbox or a simulator, say so with --host-is sandbox or --host-is simulator; if it leads to AR24’s ' +
        'production, where accounts are real and cannot be deleted, only --production allows it',
    );
  }
  if (kind !== 'production') return;
  throw new CommandError(
    `AR24_BASE_URL is AR24’s production (${new URL(url).host}), where accounts are real and cannot be deleted. ` +
      'Set it to https://sandbox.ar24.fr/api/; or, if you know what you do, use --production',
  );
}

async function readAddresses(path: string): Promise<Addresses> {
  const text = await readText(path, 'Addresses as JSON', { bytes: 65_536, words: '65536 bytes' });
  const parsed = AddressesSchema.safeParse(jsonIn(text, path), { reportInput: false });
  if (parsed.success) return parsed.data;
  throw new CommandError(`${inputName(path)}:\n${z.prettifyError(parsed.error)}`);
}

async function earlierReport(
  given: ProbeCommandOptions,
  { AR24_BASE_URL: url }: Values<typeof AR24_VARIABLES>,
): Promise<Report | undefined> {
  const { report: path } = given;
  const { host } = new URL(url);
  if (given.continue !== true) {
    if (!existsSync(path)) return undefined;
    throw new CommandError(
      `${path} exists: go on with --continue, or name another file with --report`,
    );
  }
  const earlier = await readReport(path);
  if (earlier.host === host) return earlier;
  throw new CommandError(`${path} is about ${earlier.host}, and AR24_BASE_URL is at ${host}`);
}

/** Another address under the same role would be confused with the account that an earlier run created. */
function refuseOtherAddresses(addresses: Addresses, earlier: Report | undefined): void {
  const role = earlier === undefined ? undefined : otherAddress(addresses, earlier);
  if (role === undefined) return;
  throw new CommandError(
    `the address of ${role} is not that of the report: use it again, or begin another report with --report`,
  );
}

async function listen(at: ProbeCommandOptions['listen']): Promise<WebhookListener | undefined> {
  if (at === undefined) return undefined;
  try {
    return await WebhookListener.listen(at.host, at.port);
  } catch (error) {
    const { code = 'unknown' } = systemErrorIn(error) ?? {};
    throw new CommandError(`--listen: cannot listen on ${at.host}, port ${at.port} (${code})`);
  }
}

function stepText(step: Step): string {
  const head = `${paint('strong', step.name)} (${step.kind}): ${step.finds}`;
  const needs = step.needs.map((role) => `needs ${role}: ${ROLES[role]}`);
  return [head, ...[...needs, ...stepLines(step)].map((line) => `    ${line}`)].join('\n');
}

function screenOf(output: Output, confirm: ProbeScreen['confirm']): ProbeScreen {
  return {
    announce: (step) => {
      output.note(stepText(step));
    },
    confirm,
    ended: ({ name }, { state, notes }) => {
      const why = notes.length === 0 ? '' : `: ${notes.join('; ')}`;
      output.note(`  ${name} ${state}${why}`);
    },
  };
}

/** Skipped steps are no failure. */
function hasFailed({ steps }: Report): boolean {
  return Object.values(steps).some(({ state }) => state === 'failed');
}

function interrupted(path: string): string {
  return (
    `interrupted: ${markdownPath(path)} lists what was sent so far, also a call whose answer is not known. ` +
    'The same command with --continue goes on.'
  );
}

function ending(report: Report, path: string): string {
  const { contradictions, steps, findings, environment, notImitated } = report;
  const open = Object.entries(steps).filter(([, { state }]) => state !== 'done');
  const notDone =
    open.length === 0
      ? []
      : [
          `Not done: ${open.map(([name]) => name).join(', ')}. The same command with --continue runs these.`,
        ];
  if (Object.keys(findings).length === 0) return ['Nothing was found.', ...notDone].join('\n');
  const others = notImitated?.length ? `, except for ${counted(notImitated.length)}` : '';
  return [
    `Findings that contradict docs/ar24-api.md: ${contradictions.length}; ${markdownPath(path)} lists all.`,
    ...notDone,
    'Settings that follow:',
    ...environment.map((line) => `  ${line}`),
    `A simulator that behaves alike${others}: onboard simulator --like ${path}`,
  ].join('\n');
}

function counted(findings: number): string {
  return findings === 1 ? 'one finding' : `${findings} findings`;
}
