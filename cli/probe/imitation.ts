/** What `onboard simulator --like` does not imitate, found by probing such a simulator in the same steps. */
import {
  differences,
  probe,
  WebhookListener,
  type Addresses,
  type MailKind,
  type Operator,
  type Report,
} from '../../probe/index.ts';
import { startSimulator, type Mail, type Simulator, type Switches } from '../../simulator/index.ts';

const ADDRESSES: Addresses = {
  plain: 'plain@probe.example',
  confirmed: 'confirmed@probe.example',
  terms: 'terms@probe.example',
  'no-gender': 'no-gender@probe.example',
  business: 'business@probe.example',
  known: 'known@probe.example',
  siret: '73282932000074',
};
/** In ms. A simulator shows each change at once. */
const WAITS = { changeMs: 300, everyMs: 20, webhookMs: 300 };

/** Takes a few seconds. @returns the report, with what its simulator does otherwise */
export async function withImitation(report: Report): Promise<Report> {
  const { findings, steps } = report;
  // A skipped step has found nothing.
  const named = Object.keys(steps).filter((name) => steps[name]?.state !== 'skipped');
  const hasWebhooks = findings.webhooks !== undefined;
  const listener = hasWebhooks ? await WebhookListener.listen('127.0.0.1', 0) : undefined;
  const webhookUrl = listener === undefined ? null : `http://127.0.0.1:${listener.port}/`;
  const switches: Partial<Switches> = { ...report.simulator, webhookUrl };
  const simulator = await startSimulator({ port: 0, switches });
  try {
    const { known: email = '' } = ADDRESSES;
    simulator.createAccount({ email });
    const { apiUrl: baseUrl, token, privateKey } = simulator;
    const simulated = await probe({
      target: { baseUrl, token, privateKey, timeoutMs: 30_000 },
      selection: { named },
      addresses: ADDRESSES,
      operator: operatorAtSimulator(simulator, ADDRESSES),
      waits: WAITS,
      listener,
      screen: {
        announce: () => undefined,
        confirm: () => Promise.resolve(true),
        ended: () => undefined,
      },
      save: () => Promise.resolve(),
    });
    return { ...report, notImitated: differences(findings, simulated.findings) };
  } finally {
    await simulator.stop();
    await listener?.close();
  }
}

const KINDS: Readonly<Record<MailKind, Mail['kind']>> = {
  confirmation: 'email-confirmation',
  terms: 'terms',
  access: 'access-request',
  payment: 'payment',
  letter: 'identity-letter',
};

/** By the first word in capital letters of an instruction: the mail, and the link in it. */
const ACTS: Readonly<Record<string, readonly [Mail['kind'], keyof Mail['links']]>> = {
  REFUSE: ['access-request', 'refuse'],
  GRANT: ['access-request', 'accept'],
  CONFIRM: ['email-confirmation', 'confirm'],
  ACCEPT: ['terms', 'accept'],
};

/** Reads the mailbox of a simulator, and clicks in its mails. */
export function operatorAtSimulator(simulator: Simulator, addresses: Addresses): Operator {
  const counted = new Map<string, number>();
  const mailsTo = (email: string, kind: Mail['kind']): readonly Mail[] =>
    simulator
      .mailbox()
      .filter((mail) => mail.kind === kind)
      .filter(({ to }) => to.toLowerCase() === email.toLowerCase());
  return {
    count: (role, kind) => {
      const key = `${role} ${kind}`;
      const { length } = mailsTo(addresses[role] ?? '', KINDS[kind]);
      const since = length - (counted.get(key) ?? 0);
      counted.set(key, length);
      return Promise.resolve(since);
    },
    act: async (role, instruction) => {
      const [word = ''] = /[A-Z]{4,}/.exec(instruction) ?? [];
      const [kind, action] = ACTS[word] ?? [];
      const email = addresses[role] ?? '';
      // Not that of an account in other case.
      const isToThis = ({ to }: Mail): boolean => to === email;
      const mail = kind === undefined ? undefined : mailsTo(email, kind).find(isToThis);
      const link = action === undefined ? undefined : mail?.links[action];
      if (link === undefined) return 'skipped';
      await simulator.follow(link);
      return 'done';
    },
  };
}
