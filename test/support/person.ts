/** The person behind an address: reads the mails AR24 sent, and clicks. */
import type { Simulator } from '../../simulator/index.ts';

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

  /** Follows a link of the newest mail of that kind. */
  async clicks(kind: Mail['kind'], action: keyof Mail['links']): Promise<void> {
    const link = this.mails(kind)[0]?.links[action];
    if (link === undefined) throw new Error(`no mail of kind ${kind} with a link to ${action}`);
    await this.simulator.follow(link);
  }

  acceptsAccess = () => this.clicks('access-request', 'accept');
  refusesAccess = () => this.clicks('access-request', 'refuse');
  confirmsEmail = () => this.clicks('email-confirmation', 'confirm');
  acceptsTerms = () => this.clicks('terms', 'accept');
}

function sameAddress(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}
