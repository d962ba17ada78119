import type { OnboardingClient } from '../client/index.ts';
import { withOnboardings } from './connect.ts';
import { createOutput } from './output.ts';
import { inShort } from './text/headline.ts';

/**
 * Changes one onboarding, then prints its state: in one line, or with `--json` as `status` does.
 *
 * @param more `remark`: a second line about what happens next, left out after the end; `json`: further
 *   members of the JSON
 * @throws the errors of `act`
 */
export async function actOn(
  reference: string,
  options: { readonly json?: boolean },
  act: (onboardings: OnboardingClient) => Promise<unknown>,
  { remark = '', json = {} }: { readonly remark?: string; readonly json?: object } = {},
): Promise<void> {
  const output = createOutput(options);
  const view = await withOnboardings(async (onboardings) => {
    await act(onboardings);
    return onboardings.view(reference);
  });
  output.result({ ...view, ...json }, () => {
    const state = inShort(view, Date.now());
    return remark === '' || view.outcome ? state : `${state}\n${remark}`;
  });
}
