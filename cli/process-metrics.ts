/** What every process of ours shows of itself: its version, and the certificates of its connection to Temporal. */
import { connect, type PeerCertificate } from 'node:tls';
import type { BUILD_METRICS, PROCESS_METRICS } from '../metrics/process.ts';
import type { Recorder } from '../metrics/definition.ts';
import { certificateOf } from './temporal-credentials.ts';
import { version } from './version.ts';
import type { TemporalServer } from './worker/place.ts';

/** One handshake a minute and process: an operator who renewed a certificate should soon see that it is in use. */
const READ_EVERY_MS = 60_000;
const ANSWERS_WITHIN_MS = 10_000;

export interface ShownProcess {
  /** Shows the certificates of this connection from now on. */
  readonly showCertificates: (server: TemporalServer) => void;
  readonly hide: () => void;
}

interface ShowOptions {
  /** Of a worker with a version. */
  readonly buildId?: string | undefined;
  readonly everyMs?: number;
}

export function showBuild(record: Recorder<typeof BUILD_METRICS>, buildId = 'none'): void {
  record(
    'onboarding_build_info',
    { version: version(), node: process.version, build_id: buildId },
    1,
  );
}

/** @param first how the process connects to Temporal */
export function showProcess(
  record: Recorder<typeof PROCESS_METRICS>,
  first: TemporalServer,
  { buildId, everyMs = READ_EVERY_MS }: ShowOptions = {},
): ShownProcess {
  let server = first;
  showBuild(record, buildId);
  const show = (of: 'temporal-client' | 'temporal-server', expiresAt: Date) => {
    const labels = { of };
    const at = expiresAt.getTime() / 1000;
    record('onboarding_tls_certificate_expiry_timestamp_seconds', labels, at);
  };
  const read = () => {
    if (!server.connection.tls) return;
    const certificate = certificateOf(server);
    if (certificate !== undefined) show('temporal-client', certificate.validToDate);
    serverCertificate(server).then(
      ({ valid_to: validTo }) => {
        show('temporal-server', new Date(validTo));
      },
      () => undefined,
    );
  };
  read();
  // A server replaces its certificate without a word.
  const timer = setInterval(read, everyMs);
  timer.unref();
  process.on('SIGHUP', read);
  return {
    showCertificates(next) {
      server = next;
      read();
    },
    hide() {
      clearInterval(timer);
      process.off('SIGHUP', read);
    },
  };
}

/** Only read, not trusted: the certificate of a server may have expired already. */
function serverCertificate({
  connection: { address, tls },
}: TemporalServer): Promise<PeerCertificate> {
  const { hostname, port } = new URL(`https://${address}`);
  const { clientCertPair, serverNameOverride } = typeof tls === 'object' && tls ? tls : {};
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || '443'),
      servername: serverNameOverride ?? host,
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
      timeout: ANSWERS_WITHIN_MS,
      ...(clientCertPair && {
        cert: Buffer.from(clientCertPair.crt),
        key: Buffer.from(clientCertPair.key),
      }),
    });
    socket.unref();
    socket
      .on('secureConnect', () => {
        resolve(socket.getPeerCertificate());
        socket.destroy();
      })
      .on('error', reject)
      .on('timeout', () => {
        socket.destroy(new Error('no answer'));
      });
  });
}
