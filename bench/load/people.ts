/** Starts people-process.ts. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import ky from 'ky';
import type { Claimable } from '../../workflows/contract/index.ts';
import { nextMessage } from '../child.ts';
import type { ResetDone, PersonActed, SimulatorIsUp } from './people-process.ts';

const PROGRAM = fileURLToPath(new URL('./people-process.ts', import.meta.url));

export interface BenchPeople {
  readonly simulator: SimulatorIsUp;
  /** Resolves when this person has followed AR24's mails. Call it before the mail is sent. */
  acted(email: string): Promise<readonly Claimable[]>;
  /** Opens an account for each address, as its holder would. */
  openAccounts(emails: readonly string[]): Promise<void>;
  /** Deletes all accounts and mails. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPeople(): Promise<BenchPeople> {
  const child = fork(PROGRAM);
  const simulator = (await nextMessage(child, 'simulator')) as SimulatorIsUp;
  const admin = ky.create({ prefix: `${simulator.url}/admin/` });
  const awaited = new Map<string, (done: readonly Claimable[]) => void>();
  child.on('message', (message: PersonActed | ResetDone) => {
    if (message.kind === 'reset-done') return;
    awaited.get(message.email)?.(message.done);
    awaited.delete(message.email);
  });
  return {
    simulator,
    acted: (email) =>
      new Promise((resolve) => {
        awaited.set(email, resolve);
      }),
    async openAccounts(emails) {
      for (const email of emails) {
        await admin.post('accounts', { json: { email, firstname: 'Zoé', lastname: 'Brûlé' } });
      }
    },
    async reset() {
      child.send('reset');
      let answer: PersonActed | ResetDone;
      // People may still follow earlier mails.
      do answer = (await nextMessage(child, 'simulator')) as typeof answer;
      while (answer.kind !== 'reset-done');
    },
    async stop() {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}
