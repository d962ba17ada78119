/** The steps that create an account with, or without, one parameter of the ordinary creation. */
import type { Findings } from '../findings.ts';
import { SkipStep, type Session } from '../session.ts';
import type { Step } from '../step.ts';
import { flag } from '../user-fields.ts';
import { create, created, creation } from './accounts.ts';

/** @throws SkipStep before the ordinary creation: nothing could be compared with it */
function mustFollowCreate({ findings }: Session): void {
  if (findings.create === undefined) {
    throw new SkipStep('the ordinary creation has no answer to compare with: run create first');
  }
}

/**
 * Whether the outcome of a creation is the effect of its parameter: a refusal is not if AR24 refuses the ordinary
 * creation too, or says that the address has an account.
 */
function isEffect(session: Session, outcome: string | undefined): boolean {
  if (outcome === undefined || outcome === 'success') return outcome !== undefined;
  if (session.findings.create === 'success' && outcome !== 'user_already_exist') return true;
  session.note(
    outcome === 'user_already_exist'
      ? 'AR24 says that the address has an account, so that nothing follows'
      : 'AR24 refuses the ordinary creation too, so that nothing follows',
  );
  return false;
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
    mustFollowCreate(session);
    const made = await create(session, 'confirmed', { confirmed: '1' });
    const outcome = created(made);
    const mails = await session.count('confirmed', 'confirmation');
    session.found({
      createConfirmed: outcome,
      confirmedParameter: handling(
        session,
        outcome,
        made.user && flag(made.user, 'confirmed'),
        mails,
      ),
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
    mustFollowCreate(session);
    const made = await create(session, 'terms', { cgu: '1' });
    const outcome = created(made);
    session.found({
      createTerms: outcome,
      // No mail proves nothing: it may be that AR24 mails no terms on creation.
      termsParameter: handling(session, outcome, made.user && flag(made.user, 'cgu'), undefined),
    });
  },
};

/** @param mails that would not be sent if the parameter was honoured */
function handling(
  session: Session,
  outcome: string | undefined,
  shown: boolean | undefined,
  mails: number | undefined,
): Findings['confirmedParameter'] {
  if (outcome === undefined) return undefined;
  if (outcome !== 'success') return isEffect(session, outcome) ? 'refused' : undefined;
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
    mustFollowCreate(session);
    const outcome = created(await create(session, 'no-gender', { gender: undefined }));
    if (isEffect(session, outcome)) session.found({ createNoGender: outcome });
  },
};

export const createBusiness: Step = {
  name: 'create-business',
  kind: 'writes',
  finds: 'whether a French company needs a VAT number',
  needs: ['business'],
  announces: [creation('business', 'of a company, without a VAT number; AR24 may refuse it')],
  async run(session) {
    mustFollowCreate(session);
    const { siret } = session.addresses;
    if (siret === undefined) throw new SkipStep('there is no siret beside the addresses');
    const made = await create(session, 'business', {
      statut: 'professionnel',
      company: 'Probe',
      company_siret: siret,
    });
    const outcome = created(made);
    if (isEffect(session, outcome)) session.found({ createNoVat: outcome });
  },
};
