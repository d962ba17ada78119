/** The people behind the addresses: they read AR24's mails, wait for some time, and click. */
import { createHash } from 'node:crypto';
import type { Action, Mail } from '../../simulator/index.ts';
import { pause } from '../pause.ts';
import { API_KEY } from '../stage/keys.ts';
import type { SimulatorAt } from '../stage/simulator.ts';
import type { Customer } from './customers.ts';

const ANSWER_WITHIN_MS = 10_000;

export interface People {
  stop(): Promise<void>;
}

export interface Habits {
  /** AR24 does not report refusals: people report them to the partner, and the partner to the gateway. */
  readonly gatewayUrl: string;
  readonly seed: number;
  /** Milliseconds between reading and clicking, drawn evenly for each mail. */
  readonly takeMs: { readonly min: number; readonly max: number };
  /** The same for a letter on paper. Default: `takeMs`. */
  readonly letterMs?: { readonly min: number; readonly max: number };
  readonly readEveryMs: number;
  /** Nobody reads mails before this resolves. */
  readonly openTheirMailsAfter?: Promise<undefined>;
  /** A person acts on no mail before this resolves. Default: at once. */
  readonly actsAfter?: (customer: Customer) => Promise<unknown>;
}

export function peopleAt(
  simulator: SimulatorAt,
  customers: readonly Customer[],
  {
    gatewayUrl,
    seed,
    takeMs,
    letterMs = takeMs,
    readEveryMs,
    openTheirMailsAfter,
    actsAfter,
  }: Habits,
): People {
  const byAddress = new Map(customers.map((customer) => [customer.email, customer]));
  const read = new Set<string>();
  const clicks = new Set<Promise<void>>();
  const stopped = Promise.withResolvers<undefined>();
  let isStopped = false;

  const untilDone = async (act: () => Promise<boolean>): Promise<void> => {
    while (!isStopped && !(await act())) await pause(readEveryMs);
  };
  const click = async (mail: Mail): Promise<void> => {
    const customer = byAddress.get(mail.to);
    if (customer !== undefined) await Promise.race([actsAfter?.(customer), stopped.promise]);
    const { min, max } = mail.kind === 'identity-letter' ? letterMs : takeMs;
    await pause(min + drawn(seed, mail) * (max - min));
    const action = actionOf(mail, customer);
    const link = mail.links[action];
    if (link === undefined) return;
    await untilDone(() => post(link));
    if (action === 'refuse' && customer !== undefined) {
      const refusals = `${gatewayUrl}/onboardings/${customer.reference}/refusals`;
      await untilDone(() => post(refusals));
    }
  };
  const reading = (async () => {
    await Promise.race([openTheirMailsAfter, stopped.promise]);
    while (!isStopped) {
      for (const mail of await simulator.mailbox().catch(() => [])) {
        if (read.has(mail.id)) continue;
        read.add(mail.id);
        const clicking = click(mail).finally(() => clicks.delete(clicking));
        clicks.add(clicking);
      }
      await pause(readEveryMs);
    }
  })();

  return {
    async stop() {
      isStopped = true;
      stopped.resolve(undefined);
      await reading;
      await Promise.all(clicks);
    },
  };
}

function actionOf({ kind }: Mail, customer: Customer | undefined): Action {
  switch (kind) {
    case 'access-request':
      return customer?.path === 'refused' ? 'refuse' : 'accept';
    case 'email-confirmation':
      return 'confirm';
    case 'terms':
      return 'accept';
    case 'payment':
      return 'pay';
    case 'identity-letter':
      return 'enter-key';
  }
}

/** A number from 0 to 1 that depends only on the seed, the address and the kind of mail. */
function drawn(seed: number, { to, kind }: Mail): number {
  const digest = createHash('sha256').update(`${seed} ${to} ${kind}`).digest();
  return digest.readUInt32BE() / 2 ** 32;
}

/** The key is for our gateway; the simulator ignores it. */
async function post(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', authorization: `Bearer ${API_KEY}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
