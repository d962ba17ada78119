/** A client of the simulator's admin routes. */
import type { Faults, Ledger, Mail, Switches } from '../../simulator/index.ts';

export interface SimulatorAt {
  readonly url: string;
  openAccount(email: string): Promise<void>;
  setFaults(faults: Faults): Promise<void>;
  ledger(): Promise<Ledger>;
  /** Newest first. */
  mailbox(): Promise<readonly Mail[]>;
  /** The e-mail address of each account, by account id. */
  addresses(): Promise<ReadonlyMap<string, string>>;
}

export function simulatorAt(url: string): SimulatorAt {
  const get = async (path: string): Promise<unknown> => read(await fetch(url + path));
  const post = async (path: string, body: unknown): Promise<unknown> =>
    read(
      await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  return {
    url,
    async openAccount(email) {
      await post('/admin/accounts', { email });
    },
    async setFaults(faults) {
      await post('/admin/faults', faults);
    },
    // The simulator exports the types of its answers.
    ledger: async () => (await get('/admin/ledger')) as Ledger,
    mailbox: async () => (await get('/mailbox.json')) as readonly Mail[],
    async addresses() {
      const accounts = (await get('/admin/accounts')) as readonly {
        readonly id: string;
        readonly email: string;
      }[];
      return new Map(accounts.map(({ email, id }) => [id, email]));
    },
  };
}

/**
 * The switches of AR24 in a drill: it mails the terms only on request, and sends webhooks if there is a URL.
 * Webhooks have the e-mail address, because we do not know the id of an account that is not attached yet.
 */
export function switchesOf(webhookUrl: string | null): Partial<Switches> {
  const webhookFields = { id_user: 'id', email: 'email', new_state: 'state' } as const;
  return { termsMailOnCreation: false, webhookUrl, webhookFields };
}

async function read(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`the simulator answered HTTP ${answer.status} (${answer.url})`);
  return answer.json();
}
