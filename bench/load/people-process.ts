/**
 * A simulator in a process of its own, and the people behind its mailboxes: they do at once what a
 * mail asks for, and tell the parent process, which plays the partner's webhook. Run by node.
 */
import { startSimulator, type Mail } from '../../simulator/index.ts';
import type { Claimable } from '../../workflows/contract/index.ts';

const LOOK_EVERY_MS = 5;

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

// No orphans, however the parent ended.
process.on('disconnect', () => process.exit());

const simulator = await startSimulator({ port: 0, switches: { termsMailOnCreation: false } });
const { url, apiUrl, token, privateKey } = simulator;
tell({ kind: 'up', url, apiUrl, token, privateKey });

const read = new Set<string>();
for (;;) {
  const unread = simulator.mailbox().filter(({ id }) => !read.has(id));
  // Oldest first, so that whoever is asked for two things does them in their order.
  for (const mail of unread.reverse()) {
    read.add(mail.id);
    await answer(mail);
  }
  await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

async function answer({ id, to: email, kind }: Mail): Promise<void> {
  await simulator.follow(id);
  if (kind === 'access-request') tell({ kind: 'acted', email, done: ['attachment'] });
  // The address is confirmed before, from the mail that came with the account.
  if (kind === 'terms') tell({ kind: 'acted', email, done: ['email', 'terms'] });
}

function tell(message: SimulatorIsUp | PersonActed): void {
  process.send?.(message);
}
