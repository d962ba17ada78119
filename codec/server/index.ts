/**
 * The codec server: decodes for Temporal's UI and CLI, so that operators read plain text and Temporal
 * holds none. An entry of its own, so that who only encrypts loads no HTTP server.
 */
import type { AddressInfo } from 'node:net';
import { buildCodecServer, type CodecServerOptions } from './server.ts';

export interface CodecServer {
  /** What Temporal's UI and CLI take as codec endpoint. Holds the secret, where there is one. */
  readonly endpoint: string;
  /** Where it listens, without a secret. */
  readonly url: string;
  /** Takes no more requests; those under way may end. */
  close(): Promise<void>;
}

export interface Listening {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** @throws the system's error where the address cannot be had */
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

export type { Admission } from './admission.ts';
export type { CodecServerOptions } from './server.ts';
