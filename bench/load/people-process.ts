/**
 * A simulator in its own process, and the people behind its mailboxes. They follow each mail at once and send a
 * message to the parent process, which plays the partner's webhook. Run by node.
 */
import { startSimulator, type Mail } from '../../simulator/index.ts';
import type { Claimable } from '../../workflows/contract/index.ts';

const CHECK_EVERY_MS = 5;

export interface SimulatorIsUp {
  readonly kind: 'up';
  readonly url: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly privateKey: string;
}

export interface PersonActed {
  readonly kind: 'acted';
  readonly email: string;
  readonly done: readonly Claimable[];
}

export interface ResetDone {
  readonly kind: 'reset-done';
}

// Ends with its parent.
process.on('disconnect', () => process.exit());

const simulator = await startSimulator({ port: 0, switches: { termsMailOnCreation: false } });
const { url, apiUrl, token, privateKey } = simulator;
send({ kind: 'up', url, apiUrl, token, privateKey });

process.on('message', (message) => {
  if (message === 'reset') void reset();
});

const read = new Set<string>();
for (;;) {
  const unread = simulator.mailbox().filter(({ id }) => !read.has(id));
  // Oldest first, so that a person follows two mails in their order.
  for (const mail of unread.reverse()) {
    read.add(mail.id);
    await answer(mail);
  }
  await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
}

async function answer({ id, to: email, kind }: Mail): Promise<void> {
  await simulator.follow(id);
  if (kind === 'access-request') send({ kind: 'acted', email, done: ['attachment'] });
  // The address was confirmed before, by the mail about the new account.
  if (kind === 'terms') send({ kind: 'acted', email, done: ['email', 'terms'] });
}

/**
 * Deletes everything, but reuses no account id: Temporal still has the onboardings of earlier accounts, and an
 * account that belonged to another reference would need more proof.
 */
async function reset(): Promise<void> {
  const before = simulator.accounts().length;
  await simulator.reset();
  for (let n = 0; n < before; n++) simulator.createAccount({ email: `before-${n}@example.org` });
  send({ kind: 'reset-done' });
}

function send(message: SimulatorIsUp | PersonActed | ResetDone): void {
  process.send?.(message);
}
