/** Senders for a first try: each has an AR24 account already, so that one click grants access. */
import type { Simulator } from '../../simulator/index.ts';
import { emailKey } from '../../simulator/state/email.ts';

const NAMES = ['jeanne', 'karim', 'louise', 'mathis', 'nadia'] as const;

export interface DemoSender {
  readonly reference: string;
  readonly email: string;
}

/** The first one whose access was not requested yet: at the first start, Jeanne. */
export function nextDemoSender(simulator: Simulator): DemoSender {
  for (let number = 1; ; number += 1) {
    const demo = demoSender(number);
    // The account may have been created with the address in other letters.
    const key = emailKey(demo.email);
    const account = simulator.accounts().find(({ email }) => emailKey(email) === key);
    if (account === undefined) openAccount(simulator, demo.email);
    const { access, email } = account ?? { ...demo, access: 'none' };
    if (access === 'none') return { ...demo, email };
  }
}

function demoSender(number: number): DemoSender {
  const name = NAMES[number - 1] ?? `sender-${number}`;
  return {
    reference: number === 1 ? 'demo' : `demo-${number}`,
    email: `${name}@example.org`,
  };
}

function openAccount(simulator: Simulator, email: string): void {
  const [name = ''] = email.split('@');
  const firstname = name.slice(0, 1).toUpperCase() + name.slice(1);
  simulator.createAccount({ email, firstname, lastname: 'Martin' });
}
