/** Calls whose arguments a worker cannot decrypt, since it lacks a key: nothing was sent, and nothing counts as sent. */
import { expect, test } from '@jest/globals';
import type { DataConverter, Payload, SerializationContext } from '@temporalio/common';
import { EncryptionCodec, UnknownKeyError } from '../../codec/index.ts';
import { dataConverter, KEYS } from '../support/encryption.ts';
import { lettersSent, mailsSent } from '../support/ledger.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const { email } = onboardingRequest();
const accountFields = {
  email,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'Brûlé',
} as const;
const RETRY_BUDGET_MS = 15 * 60_000;

/** For a worker that runs workflows and cannot decrypt the arguments of activities. */
class BlindToArguments extends EncryptionCodec {
  override async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const decoded = await super.decode(payloads, context);
    if (context?.type !== 'activity' || payloads.length === 0) return decoded;
    throw new UnknownKeyError('gone-00000000');
  }
}

const BLIND: DataConverter = { ...dataConverter, payloadCodecs: [new BlindToArguments(KEYS)] };

test('a request that several tries could not decrypt is sent once by a worker with the key, and none counts as sent', async () => {
  const { simulator, start, startWorker, stopWorker } = await openCalls({ converter: BLIND });
  simulator.createAccount(accountFields);
  const call = await start('requestAccess', {
    email,
    readFirst: true,
    retryBudgetMs: RETRY_BUDGET_MS,
  });
  await call.failed(2);
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({ result: { answer: { kind: 'sent' } } });
  expect(mailsSent(simulator, 'access-request')).toBe(1);
});

test('a paid order that could not be decrypted fails, and nothing was ordered', async () => {
  const { simulator, start, startWorker, stopWorker } = await openCalls({ converter: BLIND });
  const { id } = simulator.createAccount({ ...accountFields, attached: '1' });
  const call = await start(
    'orderIdentity',
    { accountId: id, retryBudgetMs: 0, excludedAt: null },
    { maximumAttempts: 1 },
  );
  await call.isOver();
  await stopWorker();
  await startWorker();
  // The workflow knows this type as that of a try that never began.
  expect(await call.end()).toMatchObject({ type: 'UnknownKeyError' });
  expect(lettersSent(simulator)).toBe(0);
});
