/** A source with any scheme of signatures, and the result of a request to it. */
import { randomBytes } from 'node:crypto';
import type { SignatureVerdict } from '../../../../gateway/events/signatures/verdict.ts';
import { parseEventSources } from '../../../../gateway/events/sources.ts';

export const SECRET = randomBytes(24).toString('hex');
export const BODY = '{"type":"left","id":"customer-42"}';

export type Headers = Readonly<Record<string, string>>;

export function sourceOf(signature: object | undefined, secrets: readonly string[] = [SECRET]) {
  const [source] = parseEventSources(
    JSON.stringify({
      sources: [
        {
          name: 'own',
          secrets,
          ...(signature && { signature }),
          fields: { type: '$.type', reference: '$.id' },
          events: { resume: ['left'] },
        },
      ],
    }),
    () => undefined,
  );
  if (source === undefined) throw new Error('no source');
  return source;
}

export function faultsOf(signature: object, secrets: readonly string[] = [SECRET]): string {
  try {
    sourceOf(signature, secrets);
    return '';
  } catch (error) {
    return String(error);
  }
}

export async function outcome(
  signature: object | undefined,
  headers: Headers,
  body: Buffer | string = BODY,
  secrets: readonly string[] = [SECRET],
): Promise<string> {
  const verdict: SignatureVerdict = await sourceOf(signature, secrets).verify(
    headers,
    Buffer.from(body),
  );
  return verdict.authentic ? 'authentic' : verdict.why;
}
