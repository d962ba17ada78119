import type { OnboardingClient, SenderView } from '../client/index.ts';
import { withOnboardings } from './connect.ts';
import { createOutput } from './output.ts';
import { inShort } from './text/headline.ts';

/**
 * Changes one onboarding, then prints its state: in one line, or with `--json` as `status` does.
 *
 * @param more `remark`: a second line about what happens next, left out after the end; `json`: further
 *   members of the JSON. Both may depend on the state
 * @throws the errors of `act`
 */
export async function actOn(
  reference: string,
  options: { readonly json?: boolean },
  act: (onboardings: OnboardingClient) => Promise<unknown>,
  more: {
    readonly remark?: string | ((view: SenderView) => string);
    readonly json?: (view: SenderView) => object;
  } = {},
): Promise<void> {
  const output = createOutput(options);
  const view = await withOnboardings(async (onboardings) => {
    await act(onboardings);
    return onboardings.view(reference);
  });
  const { remark: remarkOn = '', json } = more;
  output.result({ ...view, ...json?.(view) }, () => {
    const state = inShort(view, Date.now());
    const remark = typeof remarkOn === 'function' ? remarkOn(view) : remarkOn;
    return remark === '' || view.outcome ? state : `${state}\n${remark}`;
  });
}
