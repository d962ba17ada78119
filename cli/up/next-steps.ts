import type { Ar24 } from './ar24.ts';
import type { DemoSender } from './demo.ts';
import type { Temporal } from './temporal.ts';

/** Another's Temporal is shared: the key of look-ups by e-mail has to be the same for all. */
const ELSEWHERE =
  'Type in a terminal where TEMPORAL_* is set as here, and ONBOARDING_HASH_KEY as on every machine:';

/** What to type and where to click, for somebody who has never seen it: three lines. */
export function nextSteps(
  { uiUrl }: Temporal,
  { simulator }: Ar24,
  demo: DemoSender | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const onboard = `${stateFolderOf(environment)}npx onboard`;
  const before = uiUrl === undefined ? [ELSEWHERE] : [];
  const alsoSeen = uiUrl === undefined ? '' : `   (also in Temporal's UI: ${uiUrl})`;
  if (simulator === undefined || demo === undefined) {
    return [
      ...before,
      `1. Check:   ${onboard} doctor`,
      `2. Start:   ${onboard} start REFERENCE --email ADDRESS`,
      `3. Watch:   ${onboard} watch REFERENCE${alsoSeen}`,
    ].join('\n');
  }
  const { reference, email } = demo;
  return [
    ...before,
    `1. Start a sender:   ${onboard} start ${reference} --email ${email}`,
    `2. Watch it:         ${onboard} watch ${reference}${alsoSeen}`,
    `3. Click "accept":   ${simulator.url}/?to=${email}`,
  ].join('\n');
}

/** The other terminal has to look at the same folder. */
function stateFolderOf({
  ONBOARDING_STATE_DIR: folder = '',
}: Readonly<Record<string, string | undefined>>): string {
  return folder.trim() === '' ? '' : `ONBOARDING_STATE_DIR='${folder}' `;
}
