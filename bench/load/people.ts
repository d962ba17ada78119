/** The parent's side of people-process.ts. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import ky from 'ky';
import type { Claimable } from '../../workflows/contract/index.ts';
import type { PersonActed, SimulatorIsUp } from './people-process.ts';

const PROGRAM = fileURLToPath(new URL('./people-process.ts', import.meta.url));

export interface People {
  readonly simulator: SimulatorIsUp;
  /** Resolves once this person has done what AR24's mails ask for. Ask before the mail is sent. */
  acted(email: string): Promise<readonly Claimable[]>;
  /** Opens an account for each, as their holders would have done. */
  openAccounts(emails: readonly string[]): Promise<void>;
  /** Forgets everybody. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPeople(): Promise<People> {
  const child = fork(PROGRAM);
  const [simulator] = (await once(child, 'message')) as [SimulatorIsUp];
  const admin = ky.create({ prefix: `${simulator.url}/admin/` });
  const awaited = new Map<string, (done: readonly Claimable[]) => void>();
  child.on('message', ({ email, done }: PersonActed) => {
    awaited.get(email)?.(done);
    awaited.delete(email);
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
      await admin.post('reset');
    },
    async stop() {
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}
