/** What the restore drill checks besides the checks of every drill. */
import type { Answers } from '../people/answering.ts';
import { DUE, type Customer } from '../people/customers.ts';
import type { Partner } from '../people/partner.ts';
import { runOnboard } from '../stage/run-onboard.ts';
import type { Stage } from '../stage/stage.ts';
import { statusesIn } from './reported.ts';
import type { DrillVerdict } from './verdict.ts';

/** Erased before the backup, and after the moment; and one whose run was terminated before the backup. */
export const ERASED_BEFORE = 'erased-before';
export const ERASED_SINCE = 'erased-since';
export const FAILED = 'failed';

export async function isErased(stage: Stage, reference: string): Promise<boolean> {
  try {
    return (await runOnboard(stage, 'status', reference)).includes('is erased');
  } catch {
    return false;
  }
}

export async function withFindings(
  verdict: DrillVerdict,
  stage: Stage,
  customers: readonly Customer[],
  partner: Partner,
  { asked, hadOrder }: Answers,
): Promise<DrillVerdict> {
  const heard = partner.heard();
  const unheard = customers.filter(
    ({ reference, path }) => heard.get(reference) !== DUE[path].status,
  );
  const statuses = await statusesIn(stage);
  const { effects } = await stage.simulator.ledger();
  const letters = effects.filter(({ effect }) => effect === 'letter-sent');
  const accounts = new Set(letters.map(({ accountId }) => accountId));
  const twice = letters.length - accounts.size;
  const questions = [...asked].map(([question, { size }]) => `${question} ${size}`);
  return {
    ...verdict,
    broken: [
      ...verdict.broken,
      ...(twice > 0 ? [`${twice} identity checks were ordered and paid twice`] : []),
      ...(unheard.length > 0
        ? [
            `the partner did not hear of the end of ${unheard.map((one) => one.reference).join(', ')}`,
          ]
        : []),
      ...(partner.contradicted() > 0 ? ['a notification came with the id of another one'] : []),
      ...(statuses.get(FAILED) === 'failed' ? [] : ['the terminated onboarding has changed']),
      ...((await isErased(stage, ERASED_BEFORE)) && (await isErased(stage, ERASED_SINCE))
        ? []
        : ['an erased sender is there again']),
    ],
    seen: [
      ...verdict.seen,
      `${letters.length} identity checks were ordered`,
      `questions for the operator: ${questions.join(', ') || 'none'}; AR24 had the order of ${hadOrder.size}`,
      `${partner.repeated()} notifications came twice, with the same id`,
    ],
  };
}
