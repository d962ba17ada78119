/** Calls whose arguments a worker cannot read, as it lacks a key: nothing was sent, and nobody is to think so. */
import { expect, test } from '@jest/globals';
import type { DataConverter, Payload, SerializationContext } from '@temporalio/common';
import { EncryptionCodec, UnknownKeyError } from '../../codec/index.ts';
import { dataConverter, KEYS } from '../support/encryption.ts';
import { lettersSent, mailsSent } from '../support/ledger.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const { email } = onboardingRequest();
const opened = { email, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'Brûlé' } as const;
const PATIENCE_MS = 15 * 60_000;

/** What one try leaves for the next is its own worker's. */
const isMark = ({ data }: Payload) => Buffer.from(data ?? []).includes('"sends"');

/** Of a worker that runs workflows, and reads nothing of what calls are called with. */
class BlindToArguments extends EncryptionCodec {
  override async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const decoded = await super.decode(payloads, context);
    if (context?.type !== 'activity' || decoded.every(isMark)) return decoded;
    throw new UnknownKeyError('gone-00000000');
  }
}

const BLIND: DataConverter = { ...dataConverter, payloadCodecs: [new BlindToArguments(KEYS)] };

test('an asking that several workers could not read is made once by one who can, and none counts as lost', async () => {
  const { simulator, start, startWorker, stopWorker } = await openCalls({ converter: BLIND });
  simulator.createAccount(opened);
  const call = await start('requestAccess', { email, patienceMs: PATIENCE_MS });
  await call.failed(2);
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({ result: { asked: { kind: 'taken', answersLost: 0 } } });
  expect(mailsSent(simulator, 'access-request')).toBe(1);
});

test('a paid order that could not be read was not ordered, and it says so', async () => {
  const { simulator, start, startWorker, stopWorker } = await openCalls({ converter: BLIND });
  const { id } = simulator.createAccount({ ...opened, attached: '1' });
  const call = await start(
    'orderIdentity',
    { accountId: id, patienceMs: 0 },
    { maximumAttempts: 1 },
  );
  await call.isOver();
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({
    failure: { problem: 'unreachable', delivered: 'no' },
    type: 'ArgumentsUnreadable',
  });
  expect(lettersSent(simulator)).toBe(0);
});
