/**
 * Signals that cannot be decoded, sent by hand or by another SDK: none of them stops an onboarding.
 */
import { expect, test } from '@jest/globals';
import { Person } from '../support/person.ts';
import { onboardingRequest } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const { email } = onboardingRequest();

const UNDECODABLE = [
  {
    which: 'of an encoding that nobody knows',
    encoding: 'binary/unknown',
    data: '{"what":"attachment"}',
  },
  { which: 'of broken JSON', encoding: 'json/plain', data: '{"what":' },
  { which: 'of a message without its type', encoding: 'json/protobuf', data: '{}' },
] as const;

test.each(UNDECODABLE)(
  'a signal $which is harmless, and later ones are processed',
  async ({ encoding, data }) => {
    const { simulator, temporal, start } = await openTestEnv();
    simulator.createAccount({ email, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' });
    const sender = await start();
    await sender.reaches('awaiting-attachment');
    const payload = { metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) };
    for (const signalName of ['accepted', 'check']) {
      await temporal.connection.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: sender.handle.workflowId },
        signalName,
        input: { payloads: [payload] },
      });
    }
    await sender.accepted('terms', 'somebody');
    const { claims } = await sender.shows('the claim', (view) => view.claims.length > 0);
    expect(claims).toMatchObject([{ what: 'terms', by: 'somebody' }]);
    await new Person(simulator, email).acceptsAccess();
    await sender.check();
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
    if (encoding === 'binary/unknown') await recordHistory('signal-undecodable', sender.handle);
  },
);
