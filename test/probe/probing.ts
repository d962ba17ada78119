/** Probes a simulator, with an operator who reads its mailbox and clicks in its mails. */
import {
  probe,
  type MailKind,
  type Operator,
  type ProbeScreen,
  type Report,
  type WebhookListener,
} from '../../probe/index.ts';
import { operatorAtSimulator } from '../../cli/probe/imitation.ts';
import type { Simulator } from '../../simulator/index.ts';
import type { IndependentAr24, SentMail } from './independent-ar24.ts';

export const ADDRESSES = {
  plain: 'Louise.Martin@probe-test.example',
  confirmed: 'paul-durand@probe-test.example',
  terms: 'anne-petit@probe-test.example',
  'no-gender': 'camille-roux@probe-test.example',
  business: 'marc-leroy@probe-test.example',
  known: 'jeanne-faure@probe-test.example',
  siret: '73282932000074',
} as const;

export const operatorOf = (simulator: Simulator): Operator =>
  operatorAtSimulator(simulator, ADDRESSES);

/** Reads the mails of an independent AR24, and clicks in them. */
export function operatorAt(ar24: IndependentAr24): Operator {
  const counted = new Map<string, number>();
  const acts = {
    REFUSE: 'refused',
    GRANT: 'attached',
    CONFIRM: 'confirmed',
    ACCEPT: 'cgu',
  } as const;
  const isOf = (mail: SentMail, kind: MailKind, to: string): boolean =>
    mail.kind === kind && mail.to.toLowerCase() === to.toLowerCase();
  return {
    count: (role, kind) => {
      const { length } = ar24.mails.filter((mail) => isOf(mail, kind, ADDRESSES[role]));
      const since = length - (counted.get(role + kind) ?? 0);
      counted.set(role + kind, length);
      return Promise.resolve(since);
    },
    act: async (role, instruction) => {
      const word = Object.keys(acts).find((one) => instruction.startsWith(one));
      await ar24.click(ADDRESSES[role], acts[word as keyof typeof acts]);
      return 'done';
    },
  };
}

export const SILENT: ProbeScreen = {
  announce: () => undefined,
  confirm: () => Promise.resolve(true),
  ended: () => undefined,
};

export interface Probing {
  readonly named?: readonly string[];
  readonly readOnly?: boolean;
  readonly listener?: WebhookListener | undefined;
  readonly screen?: ProbeScreen;
  readonly operator?: Operator;
  readonly earlier?: Report;
  readonly save?: (report: Report) => Promise<void>;
  readonly timeoutMs?: number;
}

export interface Partner {
  readonly apiUrl: string;
  readonly token: string;
  readonly privateKey: string;
}

export function probeAt(
  { apiUrl, token, privateKey }: Partner,
  operator: Operator,
  given: Probing = {},
): Promise<Report> {
  const { named = [], readOnly, listener, screen = SILENT, earlier, timeoutMs = 10_000 } = given;
  return probe({
    target: { baseUrl: apiUrl, token, privateKey, timeoutMs },
    selection: { named, readOnly },
    addresses: ADDRESSES,
    operator,
    waits: { changeMs: 300, everyMs: 20, webhookMs: 200 },
    listener,
    screen,
    earlier,
    save: given.save ?? (() => Promise.resolve()),
  });
}

/** Also opens the account of the holder whom the probe asks for access. */
export async function probeSimulator(simulator: Simulator, given: Probing = {}): Promise<Report> {
  const isThere = simulator.accounts().some(({ email }) => email === ADDRESSES.known);
  if (!isThere) simulator.createAccount({ email: ADDRESSES.known });
  return probeAt(simulator, given.operator ?? operatorOf(simulator), given);
}
