/** A Temporal that asks for a client certificate: a proxy that speaks TLS before a real server. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Certificates of one authority, in a folder: `NAME.pem` and `NAME.key`. */
export class Authority {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async in(folder: string): Promise<Authority> {
    const made = new Authority(folder);
    const { pem, key } = made.pathsOf('ca');
    const files = ['-nodes', '-keyout', key, '-out', pem, '-days', '30'];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...files, '-subj', '/CN=our CA']);
    return made;
  }

  pathsOf(name: string): { readonly pem: string; readonly key: string } {
    return { pem: join(this.folder, `${name}.pem`), key: join(this.folder, `${name}.key`) };
  }

  async issue(name: string, days: number): Promise<void> {
    const { pem, key } = this.pathsOf(name);
    const authority = this.pathsOf('ca');
    const files = ['-nodes', '-keyout', key, '-out', pem, '-days', `${days}`];
    const by = ['-CA', authority.pem, '-CAkey', authority.key];
    const extensions = ['subjectAltName=DNS:localhost', 'basicConstraints=critical,CA:FALSE'];
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', ...files, ...by, '-subj', `/CN=${name}`],
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ]);
  }
}

export interface TlsTemporal {
  /** `HOST:PORT` */
  readonly address: string;
  /** Accepts certificates of this name only, and ends the connections of all others. */
  accept(name: string): void;
  close(): Promise<void>;
}

/** The authority has issued `server`. */
export async function startTlsTemporal(
  temporalAddress: string,
  authority: Authority,
  first: string,
): Promise<TlsTemporal> {
  const { pem, key } = authority.pathsOf('server');
  let accepted = first;
  const sockets = new Set<TLSSocket>();
  const nameOf = (socket: TLSSocket): unknown => socket.getPeerCertificate().subject.CN;
  const server = createServer({
    cert: await readFile(pem),
    key: await readFile(key),
    ca: await readFile(authority.pathsOf('ca').pem),
    requestCert: true,
    ALPNProtocols: ['h2'],
  });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined);
    if (nameOf(socket) !== accepted) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    const [host = '', port = ''] = temporalAddress.split(':');
    const onward = connect(Number(port), host);
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      onward.destroy();
    });
    socket.pipe(onward).pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const bound = server.address();
  return {
    address: `127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    accept(name) {
      accepted = name;
      for (const socket of sockets) if (nameOf(socket) !== name) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
