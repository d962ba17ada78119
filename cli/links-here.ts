/** Links to the sender's page, as the gateway makes them: by its keys and its address. */
import { createLinks, parseLinkKeys, type Links } from '../gateway/links/links.ts';
import { temporalPlace } from './connect.ts';
import { EnvironmentError } from './environment/environment-error.ts';
import { GATEWAY_VARIABLES } from './environment/gateway-variables.ts';
import { readEnvironment } from './environment/read-environment.ts';
import { readLinkKey } from './state-folder/gateway-secrets.ts';
import { readRunning } from './state-folder/running.ts';

const { ONBOARDING_LINK_KEYS, ONBOARDING_PUBLIC_URL, ONBOARDING_LINK_DAYS } = GATEWAY_VARIABLES;
const VARIABLES = {
  ONBOARDING_LINK_KEYS: { ...ONBOARDING_LINK_KEYS, required: false },
  ONBOARDING_PUBLIC_URL,
  ONBOARDING_LINK_DAYS,
} as const;

/** @throws EnvironmentError where neither the environment nor a running `onboard up` tells how */
export async function linksHere(): Promise<Links> {
  const values = readEnvironment(VARIABLES);
  const ours = (await temporalPlace()).whose === 'ours' ? await readRunning() : undefined;
  const written = ours === undefined ? undefined : await readLinkKey();
  const keys = values.ONBOARDING_LINK_KEYS ?? (written && parseLinkKeys(written));
  const publicUrl = values.ONBOARDING_PUBLIC_URL ?? ours?.gatewayUrl ?? undefined;
  if (keys === undefined || keys === '') throw missing('ONBOARDING_LINK_KEYS');
  if (publicUrl === undefined) throw missing('ONBOARDING_PUBLIC_URL');
  return createLinks({ keys, publicUrl, days: values.ONBOARDING_LINK_DAYS });
}

function missing(name: keyof typeof VARIABLES): EnvironmentError {
  return new EnvironmentError([{ name, message: `is not set: ${VARIABLES[name].meaning}` }]);
}
