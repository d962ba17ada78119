/** Codec servers under test, closed after the file's tests. */
import { afterAll } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { EncryptionCodec, type KeyRing } from '../../codec/index.ts';
import { startCodecServer, type Admission, type CodecServer } from '../../codec/server/index.ts';
import { createLogger } from '../../worker/logging.ts';
import { KEYS } from '../support/encryption.ts';

export const UI = 'https://temporal.example.org';
export const SECRET = 'of-this-start-only';

export interface CodecUnderTest extends CodecServer {
  /** What it has logged. */
  readonly logged: () => string;
}

const started: CodecServer[] = [];

afterAll(async () => {
  for (const server of started) await server.close();
});

export async function startCodec(
  admission: Admission = { kind: 'secret-path', secret: SECRET },
): Promise<CodecUnderTest> {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  const server = await startCodecServer({
    keys: KEYS,
    admission,
    origins: [UI],
    host: '127.0.0.1',
    port: 0,
    logger: createLogger('trace', { write }),
  });
  started.push(server);
  return { ...server, logged: () => lines.join('') };
}

/** As Temporal sends payloads: bytes in base64. */
function inJson({ metadata, data }: Payload) {
  const base64 = (bytes: Uint8Array | null | undefined) =>
    Buffer.from(bytes ?? []).toString('base64');
  return {
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]),
    ),
    data: base64(data),
  };
}

export async function encrypted(value: unknown, keys: KeyRing = KEYS, workflowId?: string) {
  const context =
    workflowId === undefined
      ? undefined
      : ({ type: 'workflow', namespace: 'default', workflowId } as const);
  const [payload] = await new EncryptionCodec(keys).encode(
    [defaultPayloadConverter.toPayload(value)],
    context,
  );
  if (payload === undefined) throw new Error('nothing was encoded');
  return inJson(payload);
}

export const bodyOf = (...payloads: readonly unknown[]) => JSON.stringify({ payloads });

interface Answered {
  readonly payloads: readonly {
    readonly metadata: Readonly<Record<string, string>>;
    readonly data: string;
  }[];
}

/** The values in an answer, as the UI shows them. */
export function valuesIn(text: string): readonly unknown[] {
  const { payloads } = JSON.parse(text) as Answered;
  return payloads.map(({ data }) => {
    const written = Buffer.from(data, 'base64').toString();
    return written === '' ? null : (JSON.parse(written) as unknown);
  });
}
