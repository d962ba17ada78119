/** What a step works with: calls within its announcement, and the report, which is stored before each write. */
import {
  isJson,
  isPassing,
  isRefusal,
  mayBeUnknown,
  refusesCredentials,
  rememberedAnswer,
  type Answer,
  type Json,
} from './answer.ts';
import {
  ROLE_NAMES,
  reported,
  type Addresses,
  type ReportedAddress,
  type Role,
} from './addresses.ts';
import type { Budget, Write } from './announcement.ts';
import type { Findings } from './findings.ts';
import type { MailKind, Operator } from './operator.ts';
import type { Report, StepState } from './report.ts';
import type { WebhookListener } from './webhooks.ts';
import { isLost, type Wire } from './wire.ts';

/** Ends a step without a finding; the report has the reason. */
export class SkipStep extends Error {
  override readonly name = 'SkipStep';
}

export interface Waits {
  /** How long a change may take to show after a person acted, in ms. */
  readonly changeMs: number;
  /** Between two reads meanwhile, in ms. */
  readonly everyMs: number;
  /** How long a webhook may take after the change showed, in ms. */
  readonly webhookMs: number;
}

export interface SessionParts {
  readonly wire: Wire;
  readonly addresses: Addresses;
  readonly operator: Operator;
  readonly waits: Waits;
  readonly listener: WebhookListener | undefined;
  readonly report: Report;
  readonly save: (report: Report) => Promise<void>;
}

export class Session {
  readonly wire: Wire;
  readonly addresses: Addresses;
  readonly operator: Operator;
  readonly waits: Waits;
  readonly listener: WebhookListener | undefined;
  /** What earlier runs found. */
  readonly webhooksBefore: Findings['webhooks'];
  readonly #save: SessionParts['save'];
  #report: Report;
  #step = '';
  #budget: Budget | undefined;
  #notes: string[] = [];
  #findingsBefore: Findings = {};
  /** The calls of earlier runs in this step that may have reached AR24, and were not taken up by this run. */
  #earlier: readonly Report['writes'][number][] = [];
  #resumes = false;
  #mayHaveMailed = false;

  constructor(parts: SessionParts) {
    this.wire = parts.wire;
    this.addresses = parts.addresses;
    this.operator = parts.operator;
    this.waits = parts.waits;
    this.listener = parts.listener;
    this.#save = parts.save;
    this.webhooksBefore = parts.report.findings.webhooks;
    const { salt, addresses } = parts.report;
    const given = ROLE_NAMES.flatMap((role) => {
      const email = parts.addresses[role];
      return email === undefined ? [] : [[role, reported(email, salt)] as const];
    });
    this.#report = {
      ...parts.report,
      addresses: { ...addresses, ...Object.fromEntries<ReportedAddress>(given) },
    };
  }

  get report(): Report {
    return this.#report;
  }

  get findings(): Findings {
    return this.#report.findings;
  }

  async begin(step: string, budget: Budget): Promise<void> {
    this.#step = step;
    this.#budget = budget;
    this.#notes = [];
    this.#findingsBefore = this.findings;
    this.#earlier = this.#report.writes.filter(
      ({ step: of, outcome }) =>
        of === step &&
        (!isPassing(outcome) || mayBeUnknown(outcome)) &&
        !refusesCredentials(outcome),
    );
    this.#resumes = this.#earlier.length > 0;
    this.#mayHaveMailed = this.#earlier.some(({ outcome }) => !isRefusal(outcome));
    await this.#setStep('running');
  }

  async end(state: 'done' | 'skipped' | 'failed', reason?: string): Promise<StepState> {
    if (reason !== undefined) this.note(reason);
    return this.#setStep(state);
  }

  /** Whether an earlier run was interrupted in this step after it had sent a call. */
  get resumes(): boolean {
    return this.#resumes;
  }

  /** A remark for the report. It must hold no value that a person or AR24 gave. */
  note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  /** Undefined values stay unknown. */
  found(findings: Findings): void {
    const known = Object.entries(findings).filter(([, value]) => value !== undefined);
    this.#report = {
      ...this.#report,
      findings: { ...this.#report.findings, ...Object.fromEntries(known) },
    };
  }

  /** Takes back what the step has found. */
  discardFindings(): void {
    this.#report = { ...this.#report, findings: this.#findingsBefore };
  }

  /** @throws SkipStep where the operator gave no address for the role */
  emailOf(role: Role): string {
    const email = this.addresses[role];
    if (email === undefined) throw new SkipStep(`there is no address for ${role}`);
    return email;
  }

  /** Reads the account of a role. */
  read(role: Role): Promise<Answer> {
    return this.wire.get('user', { email: this.emailOf(role) });
  }

  /** The same before a write. @throws SkipStep where AR24 neither shows nor refuses it: then nothing may be written */
  async readFirst(role: Role): Promise<Answer> {
    const answer = await this.read(role);
    if (!answer.trouble && (answer.outcome === 'success' || answer.refused)) return answer;
    throw new SkipStep(`it is not known whether ${role} has an account: ${answer.outcome}`);
  }

  /**
   * The account that the probe has created for a role: it writes to no other.
   *
   * @throws SkipStep where it created none, the token may not read the account, or AR24 shows no id
   */
  async own(role: Role): Promise<{ readonly id: string; readonly user: Json }> {
    if (!this.hasCreated(role)) {
      throw new SkipStep(
        `the probe has not created the account of ${role}, so it writes nothing to it`,
      );
    }
    const { outcome, result } = await this.read(role);
    if (outcome !== 'success')
      throw new SkipStep(`the account of ${role} cannot be read: ${outcome}`);
    const user = isJson(result) ? result : {};
    const { id } = user;
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw new SkipStep('AR24 shows no id, which this step needs');
    }
    return { id: String(id), user };
  }

  /** Whether this or an earlier run has sent a creation that AR24 did not refuse. */
  hasCreated(role: Role): boolean {
    return this.#report.writes.some(
      ({ call, role: of, outcome }) =>
        call === 'POST /user' && of === role && mayHaveCreated(outcome),
    );
  }

  /** Whether this or an earlier run has sent this call, so that its effect may be there. */
  wasSent(call: Write, role: Role): boolean {
    return this.#report.writes.some((one) => one.call === call && one.role === role);
  }

  /**
   * Asks the operator how many mails came. Of a step that an earlier run was interrupted in, the number stays unknown:
   * some may have come before. The question is asked all the same, so that the next count begins here.
   */
  async count(role: Role, kind: MailKind): Promise<number | undefined> {
    const counted = await this.operator.count(role, kind);
    if (!this.#mayHaveMailed) return counted;
    this.note('an earlier run was interrupted in this step, so its mails are not counted');
    return undefined;
  }

  /**
   * Sends one call that was announced, once, and reads the account afterwards. A call that an interrupted run has sent
   * in this step is not sent again: its outcome is that in the report, without the rest of the answer.
   *
   * @param again whether a call of an earlier run with this outcome is sent again all the same
   * @throws UnannouncedError before anything is sent
   */
  async write(
    call: Write,
    role: Role,
    params: Readonly<Record<string, string>>,
    again: (outcome: string) => boolean = () => false,
  ): Promise<Answer> {
    const earlier = this.#takeEarlier(call, role, again);
    if (earlier === undefined) return this.#send(call, role, params);
    this.note(`${call} for ${role} was sent by an earlier run, and is not sent again`);
    return rememberedAnswer(earlier.outcome);
  }

  /** The oldest such call of the earlier runs that was not taken yet. */
  #takeEarlier(
    call: Write,
    role: Role,
    again: (outcome: string) => boolean,
  ): Report['writes'][number] | undefined {
    for (;;) {
      const found = this.#earlier.find((one) => one.call === call && one.role === role);
      if (found === undefined) return undefined;
      this.#earlier = this.#earlier.filter((one) => one !== found);
      if (!again(found.outcome)) return found;
    }
  }

  async #send(call: Write, role: Role, params: Readonly<Record<string, string>>): Promise<Answer> {
    if (this.#budget === undefined) throw new Error('a write outside of a step');
    this.#budget.spend(call, role);
    const at = new Date().toISOString();
    const record = { step: this.#step, call, role, at, outcome: 'unconfirmed', readBack: null };
    const index = this.#report.writes.length;
    await this.#store({ ...this.#report, writes: [...this.#report.writes, record] });
    const answer = await this.wire.post(call.replace('POST /', ''), params);
    const read = await this.wire.get('user', { email: params['email'] ?? this.emailOf(role) });
    const outcome = isLost(answer) ? 'unconfirmed' : answer.outcome;
    const settled = { ...record, outcome, readBack: read.outcome };
    await this.#store({ ...this.#report, writes: this.#report.writes.with(index, settled) });
    if (isLost(answer)) this.note(`${call} for ${role}: no answer; read back: ${read.outcome}`);
    return answer;
  }

  async #setStep(state: StepState['state']): Promise<StepState> {
    const entry = { state, at: new Date().toISOString(), notes: [...this.#notes] };
    await this.#store({ ...this.#report, steps: { ...this.#report.steps, [this.#step]: entry } });
    return entry;
  }

  async #store(report: Report): Promise<void> {
    this.#report = { ...report, updated: new Date().toISOString() };
    await this.#save(this.#report);
  }
}

/** For `Session.write`: a call whose answer was lost does little harm if it is sent again. */
export const ifLost = mayBeUnknown;

function mayHaveCreated(outcome: string): boolean {
  return outcome === 'success' || outcome === 'unreadable' || mayBeUnknown(outcome);
}

/** For findings: nothing where AR24 gave no proper answer. */
export function outcomeOf(answer: Answer): string | undefined {
  return answer.trouble ? undefined : answer.outcome;
}
