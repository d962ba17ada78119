/** The steps that create test accounts, and call AR24 about addresses with and without one. */
import { isJson, type Answer, type Json } from '../answer.ts';
import type { Role } from '../addresses.ts';
import type { Announcement } from '../announcement.ts';
import type { Findings } from '../findings.ts';
import { outcomeOf, SkipStep, type Session } from '../session.ts';
import type { Step } from '../step.ts';
import { fieldFindings, flag, identityField } from '../user-fields.ts';

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

function creation(role: Role, does: string, mails = 2): Announcement {
  return { call: 'POST /user', role, times: 1, accounts: 1, mails, does };
}

type Fields = Readonly<Record<string, string | undefined>>;

/**
 * Creates the account of a role.
 *
 * @returns the answer, undefined if an interrupted run has sent the call before; and the account as it shows now
 * @throws SkipStep where the address has an account already
 */
async function create(
  session: Session,
  role: Role,
  fields: Fields = {},
): Promise<{ readonly answer: Answer | undefined; readonly user: Json | undefined }> {
  const before = await session.readFirst(role);
  const exists = before.outcome === 'success' || before.outcome === 'user_unavailable';
  if (exists && !session.wasSent('POST /user', role)) {
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
    answer = await session.write('POST /user', role, Object.fromEntries(given));
  }
  const { outcome, result } = await session.read(role);
  return { answer, user: outcome === 'success' && isJson(result) ? result : undefined };
}

/** The outcome of a creation whose answer may be lost. */
function created({ answer, user }: Awaited<ReturnType<typeof create>>): string | undefined {
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
    const answer = await session.write('POST /user/request_access', 'plain', { email });
    session.found({
      accessNoAccount: outcomeOf(answer),
      accessNoAccountMails: await session.operator.count('plain', 'access'),
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
      accents: accents(user),
      confirmationMails: await session.operator.count('plain', 'confirmation'),
      termsMails: await session.operator.count('plain', 'terms'),
    });
  },
};

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
      mails: 2,
      does: 'AR24 refuses the second account, unless upper and lower case are two addresses to it',
    },
  ],
  async run(session) {
    await session.attached('plain');
    const email = session.emailOf('plain');
    const other = inOtherCase(email);
    const readOther = await session.wire.get('user', { email: other });
    session.found({
      readOtherCase: outcomeOf(readOther),
      duplicate: outcomeOf(await session.write('POST /user', 'plain', { ...FORM, email })),
      duplicateOtherCase: outcomeOf(
        await session.write('POST /user', 'plain', { ...FORM, email: other }),
      ),
    });
    session.found({ emailCase: emailCase(session.findings) });
    // Their number is no finding, but they must not be counted by a later step.
    if (session.findings.emailCase === 'sensitive') {
      await session.operator.count('plain', 'confirmation');
      await session.operator.count('plain', 'terms');
    }
  },
};

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

export const createConfirmed: Step = {
  name: 'create-confirmed',
  kind: 'writes',
  finds: 'whether confirmed=1 is honoured',
  needs: ['confirmed'],
  announces: [
    creation('confirmed', 'with confirmed=1; AR24 mails its terms, and perhaps a link to confirm'),
  ],
  async run(session) {
    const made = await create(session, 'confirmed', { confirmed: '1' });
    const outcome = created(made);
    const mails = await session.operator.count('confirmed', 'confirmation');
    session.found({
      createConfirmed: outcome,
      confirmedParameter: handling(outcome, made.user && flag(made.user, 'confirmed'), mails),
    });
  },
};

export const createTerms: Step = {
  name: 'create-terms',
  kind: 'writes',
  finds: 'whether cgu=1 is honoured',
  needs: ['terms'],
  announces: [creation('terms', 'with cgu=1; AR24 mails a link to confirm, and perhaps its terms')],
  async run(session) {
    const made = await create(session, 'terms', { cgu: '1' });
    const outcome = created(made);
    session.found({
      createTerms: outcome,
      // No mail proves nothing: it may be that AR24 mails no terms on creation.
      termsParameter: handling(outcome, made.user && flag(made.user, 'cgu'), undefined),
    });
  },
};

/** @param mails that would not be sent if the parameter was honoured */
function handling(
  outcome: string | undefined,
  shown: boolean | undefined,
  mails: number | undefined,
): Findings['confirmedParameter'] {
  if (outcome === undefined) return undefined;
  if (outcome !== 'success') return 'refused';
  const honoured = shown ?? (mails === undefined ? undefined : mails === 0);
  if (honoured === undefined) return undefined;
  return honoured ? 'honoured' : 'ignored';
}

export const createNoGender: Step = {
  name: 'create-no-gender',
  kind: 'writes',
  finds: 'whether gender is required',
  needs: ['no-gender'],
  announces: [creation('no-gender', 'without gender; AR24 may refuse it')],
  async run(session) {
    const made = await create(session, 'no-gender', { gender: undefined });
    session.found({ createNoGender: created(made) });
  },
};

export const createBusiness: Step = {
  name: 'create-business',
  kind: 'writes',
  finds: 'whether a French company needs a VAT number',
  needs: ['business'],
  announces: [creation('business', 'of a company, without a VAT number; AR24 may refuse it')],
  async run(session) {
    const { siret } = session.addresses;
    if (siret === undefined) throw new SkipStep('there is no siret beside the addresses');
    const made = await create(session, 'business', {
      statut: 'professionnel',
      company: 'Probe',
      company_siret: siret,
    });
    session.found({ createNoVat: created(made) });
  },
};
