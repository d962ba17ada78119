/** The steps that only read: credentials, accounts that do not exist, lists, routes. */
import { isJson, type Answer, type Json } from '../answer.ts';
import { outcomeOf, SkipStep, type Session } from '../session.ts';
import type { Findings } from '../findings.ts';
import type { Step } from '../step.ts';
import { fieldFindings, printableNames } from '../user-fields.ts';

const READS = { kind: 'reads', needs: [], announces: [] } as const;
const LIST = 'user/list';
const ONE = { max: '1' };
/** Longer than any list. */
const BEYOND = { start: '100000000', max: '1' };
const UNKNOWN_ID = '999999999';
/** `.invalid` is reserved: no mail can reach it, and nobody has an account with it. */
const UNKNOWN_EMAIL = 'nobody@probe.invalid';
const WRONG = 'wrong-on-purpose';

export const transport: Step = {
  ...READS,
  name: 'transport',
  finds: 'whether the credentials work; encryption, content types, HTTP status of answers',
  async run(session) {
    const success = await session.wire.get(LIST, ONE);
    if (success.outcome !== 'success') throw new SkipStep(`a list answers ${success.outcome}`);
    const refusal = await session.wire.get('user', { email: UNKNOWN_EMAIL });
    session.found({
      successStatus: success.status,
      successEncrypted: success.encrypted,
      successContentType: success.contentType,
      successCompression: success.contentEncoding,
      memberOrder: printableNames(success.members),
      refusalStatus: refusal.status,
      refusalEncrypted: refusal.encrypted,
      refusalContentType: refusal.contentType,
    });
  },
};

export const credentials: Step = {
  ...READS,
  name: 'credentials',
  finds:
    'the slugs of wrong and missing tokens, dates and signatures (seven wrong calls on purpose)',
  async run(session) {
    const { wire } = session;
    const list = (departure: Parameters<typeof wire.get>[2]): Promise<Answer> =>
      wire.get(LIST, ONE, departure);
    session.found({
      missingToken: outcomeOf(await list({ token: null })),
      wrongToken: outcomeOf(await list({ token: WRONG })),
      missingDate: outcomeOf(await list({ date: null, signature: null })),
      missingSignature: outcomeOf(await list({ signature: null })),
      wrongSignature: outcomeOf(
        await list({ signature: Buffer.from('wrong on purpose').toString('base64') }),
      ),
      malformedDate: outcomeOf(await list({ date: WRONG })),
    });
    const both = await list({ token: WRONG, date: WRONG });
    session.found({ checkOrder: checkOrder(both, session.findings) });
  },
};

function checkOrder({ outcome, refused }: Answer, findings: Findings): Findings['checkOrder'] {
  if (!refused) return undefined;
  if (outcome === findings.wrongToken) return 'token-first';
  return outcome === findings.malformedDate ? 'date-first' : 'other';
}

export const unknownUser: Step = {
  ...READS,
  name: 'unknown-user',
  finds: 'the answers about accounts that do not exist, and the language of messages',
  async run(session) {
    const { wire } = session;
    const byEmail = { email: UNKNOWN_EMAIL };
    const answer = await wire.get('user', byEmail);
    const messages = new Map<'en' | 'fr' | 'nl', string | undefined>();
    for (const language of ['en', 'fr', 'nl'] as const) {
      messages.set(language, (await wire.get('user', byEmail, { language })).message);
    }
    session.found({
      unknownEmail: outcomeOf(answer),
      unknownId: outcomeOf(await wire.get('user', { id_user: UNKNOWN_ID })),
      noKey: outcomeOf(await wire.get('user')),
      messageLanguage: languageOf(answer.message, messages),
    });
  },
};

function languageOf(
  message: string | undefined,
  messages: ReadonlyMap<'en' | 'fr' | 'nl', string | undefined>,
): Findings['messageLanguage'] {
  if (message === undefined) return undefined;
  if (new Set(messages.values()).size === 1) return 'the same in all';
  const found = [...messages].find(([, text]) => text === message);
  return found?.[0] ?? 'other';
}

export const lists: Step = {
  ...READS,
  name: 'lists',
  finds: 'page sizes of the list of accounts, its members, and the fields of the first account',
  async run(session) {
    const { wire } = session;
    const page = await wire.get(LIST);
    const thousand = await wire.get(LIST, { max: '1000' });
    const [first] = usersIn(thousand);
    session.found({
      listMembers: isJson(page.result) ? printableNames(Object.keys(page.result)) : undefined,
      listDefault: lengthOf(page),
      listOne: lengthOf(await wire.get(LIST, ONE)),
      listThousand: lengthOf(thousand),
      listBeyondEnd: outcomeOf(await wire.get(LIST, BEYOND)),
      // A created account shows more reliably which fields there are: it stays the source once there is one.
      ...(first !== undefined && session.findings.create === undefined && fieldFindings(first)),
    });
    if (first === undefined) session.note('no account is attached yet, so that no field shows');
  },
};

/** The accounts in the answer to a list. */
export function usersIn({ result }: Answer): readonly Json[] {
  const users = isJson(result) ? result['users'] : result;
  return Array.isArray(users) ? users.filter(isJson) : [];
}

/** Whether the newest accounts show the address; undefined if there is no list. */
export async function isListed(session: Session, email: string): Promise<boolean | undefined> {
  const list = await session.wire.get(LIST, { max: '100', sort: 'DESC' });
  if (list.outcome !== 'success') return undefined;
  return usersIn(list).some((user) => user['email'] === email);
}

function lengthOf(answer: Answer): number | undefined {
  return answer.outcome === 'success' ? usersIn(answer).length : undefined;
}

export const routes: Step = {
  ...READS,
  name: 'routes',
  finds: 'an unknown route, an unknown parameter, a slash at the end, and GET /user/info',
  async run(session) {
    const unknown = await session.wire.get('no-such-route');
    session.found({
      unknownRoute: outcomeOf(unknown),
      unknownRouteContentType: outcomeOf(unknown) && unknown.contentType,
      unknownParameter: outcomeOf(await session.wire.get(LIST, { ...ONE, onboard_probe: '1' })),
      trailingSlash: outcomeOf(await session.wire.get(`${LIST}/`, ONE)),
      userInfoRoute: outcomeOf(await session.wire.get('user/info', { email: UNKNOWN_EMAIL })),
    });
  },
};
