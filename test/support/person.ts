/** The person behind an address: reads the mails that AR24 sent, and clicks. */
import type { Simulator } from '../../simulator/index.ts';
import { eventually } from './eventually.ts';

type Mail = ReturnType<Simulator['mailbox']>[number];

export class Person {
  readonly email: string;
  private readonly simulator: Simulator;

  constructor(simulator: Simulator, email: string) {
    this.simulator = simulator;
    this.email = email;
  }

  mails(kind?: Mail['kind']): readonly Mail[] {
    return this.simulator
      .mailbox()
      .filter((mail) => sameAddress(mail.to, this.email) && (!kind || mail.kind === kind));
  }

  /** Follows a link of the newest mail of that kind, once there is one. */
  async clicks(kind: Mail['kind'], action: keyof Mail['links']): Promise<void> {
    const [mail] = await this.receives(kind);
    const link = mail?.links[action];
    if (link === undefined) throw new Error(`a mail of kind ${kind} has no link to ${action}`);
    await this.simulator.follow(link);
  }

  /** The mail may not have been sent yet. */
  receives(kind: Mail['kind']): Promise<readonly Mail[]> {
    return eventually(
      `a mail of kind ${kind}`,
      () => Promise.resolve(this.mails(kind)),
      (mails) => mails.length > 0,
    );
  }

  acceptsAccess = () => this.clicks('access-request', 'accept');
  refusesAccess = () => this.clicks('access-request', 'refuse');
  confirmsEmail = () => this.clicks('email-confirmation', 'confirm');
  acceptsTerms = () => this.clicks('terms', 'accept');
}

function sameAddress(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}
