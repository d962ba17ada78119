/** The steps that create the main test account, and call AR24 about addresses with and without one. */
import { isJson, isRefusal, type Answer, type Json } from '../answer.ts';
import type { Role } from '../addresses.ts';
import type { Announcement } from '../announcement.ts';
import type { Findings } from '../findings.ts';
import { ifLost, outcomeOf, SkipStep, type Session } from '../session.ts';
import type { Step } from '../step.ts';
import { usersIn } from './reading.ts';
import { fieldFindings, identityField } from '../user-fields.ts';

/** Nobody's data. The name has accents, to see whether AR24 keeps them. */
const FORM = {
  firstname: 'Zoé',
  lastname: 'Œuvrard-Probe',
  gender: 'F',
  statut: 'particulier',
  address1: '1 rue de la Paix',
  zipcode: '75002',
  city: 'Paris',
  country: 'FR',
};

/** The reference of the account of a role. */
export const customRefOf = (role: Role): string => `onboard-probe-${role}`;

export function creation(role: Role, does: string, mails = 2): Announcement {
  return { call: 'POST /user', role, times: 1, accounts: 1, mails, does };
}

type Fields = Readonly<Record<string, string | undefined>>;

/**
 * Creates the account of a role.
 *
 * @returns the answer, undefined if an interrupted run has sent the call before; and the account as it shows now
 * @throws SkipStep where the address has an account already
 */
export async function create(
  session: Session,
  role: Role,
  fields: Fields = {},
): Promise<{ readonly answer: Answer | undefined; readonly user: Json | undefined }> {
  const before = await session.readFirst(role);
  const exists = before.outcome === 'success' || before.outcome === 'user_unavailable';
  if (exists && !session.hasCreated(role)) {
    throw new SkipStep(`the address of ${role} has an account already: give another one`);
  }
  let answer: Answer | undefined;
  if (exists) session.note('an interrupted run has created the account; its answer is not known');
  else {
    const form: Fields = {
      ...FORM,
      custom_ref: customRefOf(role),
      ...fields,
      email: session.emailOf(role),
    };
    const given = Object.entries(form).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    // AR24 has shown that an earlier call created nothing.
    answer = await session.write('POST /user', role, Object.fromEntries(given), () => true);
  }
  const { outcome, result } = await session.read(role);
  return { answer, user: outcome === 'success' && isJson(result) ? result : undefined };
}

/** The outcome of a creation whose answer may be lost. */
export function created({ answer, user }: Awaited<ReturnType<typeof create>>): string | undefined {
  const outcome = answer === undefined ? undefined : outcomeOf(answer);
  return outcome ?? (user === undefined ? undefined : 'success');
}

export const accessNoAccount: Step = {
  name: 'access-no-account',
  kind: 'writes',
  finds: 'the answer of request_access for an address without an account',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user/request_access',
      role: 'plain',
      times: 1,
      accounts: 0,
      mails: 1,
      does: 'AR24 is expected to refuse it',
    },
  ],
  async run(session) {
    const { outcome } = await session.readFirst('plain');
    if (outcome === 'success' || outcome === 'user_unavailable') {
      throw new SkipStep('the address of plain has an account already');
    }
    const email = session.emailOf('plain');
    const answer = await session.write('POST /user/request_access', 'plain', { email }, ifLost);
    session.found({
      accessNoAccount: outcomeOf(answer),
      accessNoAccountMails: await session.count('plain', 'access'),
    });
  },
};

export const createPlain: Step = {
  name: 'create',
  kind: 'writes',
  finds: 'an ordinary creation: its mails, and the fields of a new account',
  needs: ['plain'],
  announces: [creation('plain', 'AR24 mails a link to confirm the address, and its terms')],
  async run(session) {
    const made = await create(session, 'plain');
    session.found({ create: created(made) });
    const { user } = made;
    if (user === undefined) return;
    session.found({
      ...fieldFindings(user),
      identityUnverified: identityField(user),
      customRefShown: user['custom_ref'] === customRefOf('plain'),
      ...(await references(session)),
      accents: accents(user),
      confirmationMails: await session.count('plain', 'confirmation'),
      termsMails: await session.count('plain', 'terms'),
    });
  },
};

/** Whether AR24 finds an account by its reference. */
async function references({ wire }: Session): Promise<Findings> {
  const custom_ref = customRefOf('plain');
  const one = await wire.get('user', { custom_ref });
  const own = await wire.get('user/list', { custom_ref });
  const none = await wire.get('user/list', { custom_ref: 'onboard-probe-none' });
  return {
    readByReference: outcomeOf(one),
    listByReference:
      usersIn(own).length > 0 && none.outcome === 'success'
        ? usersIn(none).length === 0
        : undefined,
  };
}

function accents({ firstname, lastname }: Json): Findings['accents'] {
  if (firstname === undefined || lastname === undefined) return undefined;
  return firstname === FORM.firstname && lastname === FORM.lastname ? 'kept' : 'changed';
}

export const duplicates: Step = {
  name: 'duplicates',
  kind: 'writes',
  finds: 'a second creation for the same address, as it is and in capital letters',
  needs: ['plain'],
  announces: [
    {
      call: 'POST /user',
      role: 'plain',
      times: 2,
      accounts: 1,
      mails: 3,
      does: 'AR24 refuses a second account, unless upper and lower case are two addresses to it; once it creates one, the second call is left out',
    },
  ],
  async run(session) {
    await session.own('plain');
    const email = session.emailOf('plain');
    const other = inOtherCase(email);
    const readOther = await session.wire.get('user', { email: other });
    const second = await session.write('POST /user', 'plain', { ...FORM, email });
    session.found({ readOtherCase: outcomeOf(readOther), duplicate: outcomeOf(second) });
    let last = second;
    if (isRefusal(second.outcome)) {
      last = await session.write('POST /user', 'plain', { ...FORM, email: other });
      session.found({ duplicateOtherCase: outcomeOf(last) });
    } else session.note(secondAccount(second));
    session.found({ emailCase: emailCase(session.findings) });
    // Their number is no finding, but they must not be counted by a later step.
    if (!isRefusal(last.outcome)) {
      await session.count('plain', 'confirmation');
      await session.count('plain', 'terms');
    }
  },
};

/** What an answer means that is no refusal of a second account. */
function secondAccount({ outcome }: Answer): string {
  if (outcome !== 'success') return 'AR24 may have created a second account: no other was tried';
  return 'AR24 created a second account for one address, so that nothing protects from a repeated creation; no third one was tried';
}

/** Only before the @: every domain ignores case. */
function inOtherCase(email: string): string {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), email.slice(at)];
  const upper = local.toUpperCase();
  return (upper === local ? local.toLowerCase() : upper) + domain;
}

function emailCase({ readOtherCase, duplicateOtherCase }: Findings): Findings['emailCase'] {
  if (duplicateOtherCase === 'success') return 'sensitive';
  return readOtherCase === 'success' ? 'insensitive' : undefined;
}

export const duplicateUnattached: Step = {
  name: 'duplicate-unattached',
  kind: 'writes',
  finds: 'a creation for the address of a holder whose account is not attached',
  needs: ['known'],
  announces: [creation('known', 'AR24 refuses it, as the holder has an account')],
  async run(session) {
    const { outcome } = await session.readFirst('known');
    if (outcome === 'success') throw new SkipStep('the account of known is attached already');
    if (outcome === (session.findings.unknownEmail ?? 'user_not_exist')) {
      throw new SkipStep(
        'AR24 shows no account of known, and the creation would make one: open one on the sandbox first',
      );
    }
    const email = session.emailOf('known');
    const answer = await session.write('POST /user', 'known', { ...FORM, email });
    session.found({ duplicateUnattached: outcomeOf(answer) });
    if (!isRefusal(answer.outcome)) session.note(secondAccount(answer));
  },
};
