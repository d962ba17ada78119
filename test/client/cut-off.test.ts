/** What a server that shuts down, or a proxy in front of it, does to calls in flight. */
import { afterEach, expect, test } from '@jest/globals';
import { constants, type ServerHttp2Stream } from 'node:http2';
import { Client, Connection } from '@temporalio/client';
import { OnboardingClient, TemporalUnavailableError } from '../../client/index.ts';
import { answering, denyingGateway } from '../doctor/denying-gateway.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference } from './onboardings.ts';
import { dataConverter } from '../support/encryption.ts';

const testEnv = useDevelopmentServer();
const CANCELLED = 1;

const reset = (code: number) => (stream: ServerHttp2Stream) => {
  stream.on('error', () => undefined).close(code);
};

let closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

/** A client whose describe calls fail. */
async function clientWhere(refuse: (stream: ServerHttp2Stream) => void): Promise<{
  readonly temporal: Client;
  readonly client: OnboardingClient;
}> {
  const gateway = await denyingGateway(testEnv.server.address, ['DescribeWorkflow'], refuse);
  const connection = await Connection.connect({ address: gateway.address });
  closing = [() => connection.close(), () => gateway.close()];
  const temporal = new Client({ connection, dataConverter });
  return { temporal, client: new OnboardingClient({ temporal, hashKey: HASH_KEY }) };
}

test.each([
  ['answered as cancelled', answering(CANCELLED, 'context canceled')],
  ['cancelled', reset(constants.NGHTTP2_CANCEL)],
  ['reset', reset(constants.NGHTTP2_PROTOCOL_ERROR)],
])('a call that is %s fails with TemporalUnavailableError', async (_, refuse) => {
  const { client } = await clientWhere(refuse);
  await expect(client.view(aReference())).rejects.toThrow(TemporalUnavailableError);
});

test('a call that we have cancelled ourselves does not', async () => {
  const aborted = new AbortController();
  const { client, temporal } = await clientWhere(() => {
    aborted.abort();
  });
  const viewed = temporal.withAbortSignal(aborted.signal, () => client.view(aReference()));
  await expect(viewed).rejects.not.toThrow(TemporalUnavailableError);
});
