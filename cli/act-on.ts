import type { OnboardingClient } from '../client/index.ts';
import { withOnboardings } from './connect.ts';
import { createOutput } from './output.ts';
import { inShort } from './text/headline.ts';

/**
 * Does something to one onboarding and tells how it stands afterwards: in short, or with `--json`
 * as `status` does.
 *
 * @param remark what goes on now, for a person
 * @throws what `act` throws
 */
export async function actOn(
  reference: string,
  options: { readonly json?: boolean },
  act: (onboardings: OnboardingClient) => Promise<unknown>,
  remark = '',
): Promise<void> {
  const output = createOutput(options);
  const view = await withOnboardings(async (onboardings) => {
    await act(onboardings);
    return onboardings.view(reference);
  });
  output.result(view, () => {
    const told = inShort(view, Date.now());
    return remark === '' || view.outcome ? told : `${told}\n${remark}`;
  });
}
