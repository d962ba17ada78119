/** What a step works with: calls within its announcement, and the report, which is stored before each write. */
import { isJson, type Answer, type Json } from './answer.ts';
import { ROLE_NAMES, mask, type Addresses, type Role } from './addresses.ts';
import type { Budget, Write } from './announcement.ts';
import type { Findings } from './findings.ts';
import type { Operator } from './operator.ts';
import type { Report, StepState } from './report.ts';
import type { WebhookListener } from './webhooks.ts';
import { isLost, isTrouble, type Wire } from './wire.ts';

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
  readonly #save: SessionParts['save'];
  #report: Report;
  #step = '';
  #budget: Budget | undefined;
  #notes: string[] = [];

  constructor(parts: SessionParts) {
    this.wire = parts.wire;
    this.addresses = parts.addresses;
    this.operator = parts.operator;
    this.waits = parts.waits;
    this.listener = parts.listener;
    this.#save = parts.save;
    const masked: readonly (readonly [Role, string])[] = ROLE_NAMES.flatMap((role) => {
      const email = parts.addresses[role];
      return email === undefined ? [] : [[role, mask(email)] as const];
    });
    this.#report = {
      ...parts.report,
      addresses: { ...parts.report.addresses, ...Object.fromEntries<string>(masked) },
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
    await this.#setStep('running');
  }

  async end(state: 'done' | 'skipped' | 'failed', reason?: string): Promise<StepState> {
    if (reason !== undefined) this.note(reason);
    return this.#setStep(state);
  }

  /** A remark for the report. It must hold no value that a person or AR24 gave. */
  note(text: string): void {
    this.#notes.push(text);
  }

  /** Undefined values stay unknown. */
  found(findings: Findings): void {
    const known = Object.entries(findings).filter(([, value]) => value !== undefined);
    this.#report = {
      ...this.#report,
      findings: { ...this.#report.findings, ...Object.fromEntries(known) },
    };
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
    if (answer.outcome === 'success' || answer.refused) return answer;
    throw new SkipStep(`it is not known whether ${role} has an account: ${answer.outcome}`);
  }

  /** @throws SkipStep where the token may not read the account, or AR24 shows no id */
  async attached(role: Role): Promise<{ readonly id: string; readonly user: Json }> {
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

  /** Whether an earlier run has sent this call, so that its effect may be there. */
  wasSent(call: Write, role: Role): boolean {
    return this.#report.writes.some((one) => one.call === call && one.role === role);
  }

  /**
   * Sends one call that was announced, once, and reads the account afterwards.
   *
   * @throws UnannouncedError before anything is sent
   */
  async write(call: Write, role: Role, params: Readonly<Record<string, string>>): Promise<Answer> {
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

/** For findings: nothing where AR24 gave no proper answer. */
export function outcomeOf(answer: Answer): string | undefined {
  return isTrouble(answer) ? undefined : answer.outcome;
}
