/** Reads the state of onboardings as operators and partners do, by the command line and the API. */
import { z } from 'zod';
import type { Customer } from '../people/customers.ts';
import { API_KEY } from '../stage/keys.ts';
import { jsonLines, runOnboard } from '../stage/run-onboard.ts';
import type { Stage } from '../stage/stage.ts';

/** Whose state is read. */
export type Reported = Pick<Stage, 'options' | 'commands' | 'gatewayUrl'>;

const listed = z.object({ reference: z.string(), status: z.string() });
const view = z.object({ requests: z.array(z.object({ unconfirmed: z.number() })) });

/** The output of `onboard status`. */
export async function statusOf(stage: Reported, reference: string): Promise<string> {
  try {
    return (await runOnboard(stage, 'status', reference)).trimEnd();
  } catch {
    return `the status of ${reference} cannot be read`;
  }
}

/** The statuses from `onboard list --json`, by reference. */
export async function statusesIn(stage: Reported): Promise<ReadonlyMap<string, string>> {
  const lines = jsonLines(await runOnboard(stage, 'list', '--json'));
  return new Map(
    lines.map((line) => {
      const { reference, status } = listed.parse(line);
      return [reference, status];
    }),
  );
}

/** The number of unconfirmed requests by mail of each onboarding, if it is not 0. */
export async function unconfirmedOf(
  { gatewayUrl }: Reported,
  customers: readonly Customer[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { reference } of customers) {
    const answer = await fetch(`${gatewayUrl}/onboardings/${reference}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    // An onboarding that cannot be read counts as having none, so that its mails are too many.
    const parsed = view.safeParse(await answer.json());
    if (!parsed.success) continue;
    const lost = parsed.data.requests.reduce((sum, { unconfirmed }) => sum + unconfirmed, 0);
    if (lost > 0) counts.set(reference, lost);
  }
  return counts;
}
