/** Starts, registers, follows and cancels an onboarding with the types of openapi-typescript. */
import { setTimeout as pause } from 'node:timers/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './onboarding.d.ts';

const {
  API: baseUrl,
  KEY = '',
  REFERENCE: reference = '',
  EMAIL: email = '',
  FORM = '',
} = process.env;
const client = createClient<paths>({
  ...(baseUrl !== undefined && { baseUrl }),
  headers: { authorization: `Bearer ${KEY}` },
});
const params = { path: { reference } };

const started = await client.PUT('/onboardings/{reference}', { params, body: { email } });
if (started.error) throw new Error(started.error.code);

async function read(): Promise<components['schemas']['Onboarding']> {
  const { data, error } = await client.GET('/onboardings/{reference}', { params });
  if (error) throw new Error(error.detail);
  return data;
}
while ((await read()).status !== 'awaiting-registration') await pause(200);

const body = JSON.parse(FORM) as components['schemas']['RegistrationForm'];
await client.POST('/onboardings/{reference}/registration', { params, body });

const stream = await client.GET('/onboardings/{reference}/events', { params, parseAs: 'stream' });
let text = '';
for await (const chunk of (stream.data ?? new ReadableStream()).pipeThrough(
  new TextDecoderStream(),
)) {
  text += chunk;
  const events = text.split('\n\n');
  text = events.pop() ?? '';
  for (const data of events.map((event) => /^data: (.*)$/m.exec(event)?.[1])) {
    if (data === undefined) continue;
    const seen = JSON.parse(data) as components['schemas']['Onboarding'];
    if (seen.status !== 'awaiting-email') continue;
    const reason = { reason: 'seen in TypeScript' };
    await client.POST('/onboardings/{reference}/cancellation', { params, body: reason });
  }
}

const { outcome } = await read();
if (outcome?.kind !== 'cancelled') throw new Error(`ended as ${outcome?.kind ?? 'nothing'}`);
console.log(outcome.reason);
