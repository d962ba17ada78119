/** The metrics and log lines of encryption, in each process that encrypts or decrypts what Temporal stores. */
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

/** A payload that could not be decrypted, without its data. */
export interface DecryptionFailure {
  readonly why: 'unknown-key' | 'altered';
  /** Undefined if it names none that could be ours. */
  readonly keyId: string | undefined;
  /** Undefined if neither the SDK nor the payload names one that could be ours. */
  readonly workflowId: string | undefined;
}

/** Called for each payload. */
export interface CodecObserver {
  readonly failed: (failure: DecryptionFailure) => void;
  readonly encrypted: (keyId: string) => void;
}

/** Everyone who can write to Temporal can invent keys and workflows: these must not fill the log. */
const MOST_LOGGED = 100;

/** Counts every failure. Logs the first of each key that is missing, and of each workflow with an altered payload. */
export function codecObserver(
  record: Recorder<typeof CODEC_METRICS>,
  logger: { warn(details: object, message: string): void },
): CodecObserver {
  const logged = new Set<string>();
  return {
    failed(failure) {
      const { why, keyId, workflowId } = failure;
      record('onboarding_codec_failures_total', { why });
      const first = `${why} ${why === 'altered' ? workflowId : keyId}`;
      if (logged.has(first) || logged.size >= MOST_LOGGED) return;
      logged.add(first);
      logger.warn(failure, 'a payload cannot be decrypted');
    },
    encrypted: (key) => {
      record('onboarding_codec_encrypted_total', { key });
    },
  };
}
