/** TLS before Temporal, as a proxy or Temporal Cloud has it, with a certificate that ends soon and can be renewed. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TlsWire {
  /** The variables of a process that connects through it. */
  readonly environment: Readonly<Record<string, string>>;
  /** From the next connection on. */
  renew(days: number): Promise<void>;
  readonly close: () => void;
}

/** @param target Temporal's address, `HOST:PORT` */
export async function layTlsWire(target: string, folder: string, days: number): Promise<TlsWire> {
  await mkdir(folder, { recursive: true });
  const authority = join(folder, 'ca.pem');
  await request(folder, 'ca', ['-days', '400', '-subj', '/CN=game day']);
  const made = await certificate(folder, days);
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<TLSSocket>();
  const server = createServer({ ...made, ALPNProtocols: ['h2'] }, (caller) => {
    const other = connect(Number(port), host);
    sockets.add(caller);
    caller
      .on('error', () => other.destroy())
      .on('close', () => {
        sockets.delete(caller);
        other.destroy();
      });
    other.on('error', () => caller.destroy()).on('close', () => caller.destroy());
    caller.pipe(other).pipe(caller);
  });
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port: ours } = server.address() as AddressInfo;
  return {
    environment: {
      TEMPORAL_ADDRESS: `localhost:${ours}`,
      TEMPORAL_TLS: 'true',
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority,
    },
    async renew(newDays) {
      server.setSecureContext(await certificate(folder, newDays));
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function certificate(folder: string, days: number): Promise<{ key: Buffer; cert: Buffer }> {
  const signed = ['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca.key')];
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=CA:FALSE'];
  await request(folder, 'server', [
    '-days',
    `${days}`,
    '-subj',
    '/CN=localhost',
    ...signed,
    ...names,
  ]);
  return {
    key: await readFile(join(folder, 'server.key')),
    cert: await readFile(join(folder, 'server.pem')),
  };
}

async function request(folder: string, name: string, more: readonly string[]): Promise<void> {
  const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`)];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', ...files];
  await run('openssl', ['req', '-x509', ...made, ...more]);
}
