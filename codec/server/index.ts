/**
 * The codec server decodes payloads for Temporal's UI and CLI, so that operators read plain text although Temporal
 * stores none. It has an entry of its own, so that processes that only encrypt load no HTTP server.
 */
import type { AddressInfo } from 'node:net';
import { buildCodecServer, type CodecServerOptions } from './server.ts';

export interface CodecServer {
  /** The codec endpoint for Temporal's UI and CLI. Contains the secret, if there is one. */
  readonly endpoint: string;
  /** The address that it listens at, without a secret. */
  readonly url: string;
  /** Accepts no more requests. Those in flight may end. */
  close(): Promise<void>;
}

export interface Listening {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** @throws the system's error if the address cannot be used */
export async function startCodecServer(
  options: CodecServerOptions & Listening,
): Promise<CodecServer> {
  const { host, port, admission } = options;
  const app = await buildCodecServer(options);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const url = urlOf(app.server.address(), host);
  const endpoint = admission.kind === 'secret-path' ? `${url}/${admission.secret}` : url;
  return { endpoint, url, close: () => app.close() };
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export { CODEC_SERVER_METRICS } from './metrics.ts';
export type { Admission } from './admission.ts';
export type { CodecServerOptions } from './server.ts';
