/** The metrics of encryption, in each process that encrypts or decrypts what Temporal stores. */
import type { MetricDefinitions, Recorder } from '../metrics/definition.ts';

export const CODEC_METRICS = {
  onboarding_codec_failures_total: {
    type: 'counter',
    help: 'Payloads that could not be decrypted. unknown-key: this process lacks the key; altered: changed, or copied from another workflow',
    unit: 'payloads',
    labels: { why: ['unknown-key', 'altered'] },
  },
  onboarding_codec_encrypted_total: {
    type: 'counter',
    help: 'Payloads that were encrypted, by the id of the key',
    unit: 'payloads',
    labels: { key: { from: 'the ids in ONBOARDING_ENCRYPTION_KEYS' } },
  },
} as const satisfies MetricDefinitions;

/** Called for each payload. */
export interface CodecObserver {
  readonly failed: (why: 'unknown-key' | 'altered') => void;
  readonly encrypted: (keyId: string) => void;
}

export function codecObserver(record: Recorder<typeof CODEC_METRICS>): CodecObserver {
  return {
    failed: (why) => {
      record('onboarding_codec_failures_total', { why });
    },
    encrypted: (key) => {
      record('onboarding_codec_encrypted_total', { key });
    },
  };
}
