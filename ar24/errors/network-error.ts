import type { Endpoint } from '../endpoints.ts';
import { Ar24Error } from './ar24-error.ts';

export interface NetworkFailure {
  readonly delivered: 'no' | 'unknown';
  /** HTTP status, when a proxy or AR24's server broke down with one. */
  readonly status?: number | undefined;
  /** The system's or the HTTP client's name for it, such as `ECONNREFUSED`. */
  readonly code?: string | undefined;
}

/** AR24 gave no answer of its own: no connection, a lost one, or a server's breakdown (HTTP 5xx). */
export class Ar24NetworkError extends Ar24Error {
  override readonly name = 'Ar24NetworkError';
  readonly kind = 'network';
  readonly delivered: 'no' | 'unknown';
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(endpoint: Endpoint, { delivered, status, code }: NetworkFailure) {
    const how = status === undefined ? (code ?? 'connection lost') : `HTTP ${status}`;
    super(
      endpoint,
      delivered === 'no'
        ? `the request never left (${how}). Check the base URL and the network, then repeat it.`
        : `no answer (${how}); whether AR24 carried it out is unknown. Read before you repeat a write.`,
    );
    this.delivered = delivered;
    this.status = status;
    this.code = code;
  }
}
