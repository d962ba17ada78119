/**
 * A real gateway before a real Temporal that lets everything through but what operators do, as
 * Temporal Cloud does, or answers some calls as a server in trouble would.
 */
import { once } from 'node:events';
import {
  connect,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';

export interface DenyingGateway {
  /** `HOST:PORT` */
  readonly address: string;
  close(): Promise<void>;
}

type Refuse = (stream: ServerHttp2Stream) => void;

const PERMISSION_DENIED = 7;

/**
 * @param denied parts of the gRPC methods' paths that are refused
 * @param refuse how; for want of permission where absent
 */
export async function denyingGateway(
  temporalAddress: string,
  denied: readonly string[],
  refuse: Refuse = answering(PERMISSION_DENIED, 'not for you'),
): Promise<DenyingGateway> {
  const temporal = connect(`http://${temporalAddress}`);
  const server = createServer();
  server.on('stream', (stream, headers) => {
    const path = headers[':path'] ?? '';
    if (denied.some((part) => path.includes(part))) refuse(stream);
    else forward(stream, headers);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  function forward(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const onward = temporal.request(headers);
    let trailers: IncomingHttpHeaders = {};
    stream.on('error', () => {
      onward.close();
    });
    onward.on('error', () => {
      stream.close();
    });
    onward.on('trailers', (received: IncomingHttpHeaders) => {
      trailers = received;
    });
    onward.on('response', (answer, flags) => {
      // Bit 1: nothing follows, which is how gRPC answers errors.
      const endStream = (flags & 1) === 1;
      stream.respond(answer, endStream ? { endStream } : { waitForTrailers: true });
      stream.on('wantTrailers', () => {
        stream.sendTrailers(trailers);
      });
      if (!endStream) onward.pipe(stream);
    });
    stream.pipe(onward);
  }

  return {
    address: `127.0.0.1:${address.port}`,
    async close() {
      temporal.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param code gRPC's */
export function answering(code: number, words: string): Refuse {
  return (stream) => {
    stream.respond(
      {
        ...{ ':status': 200, 'content-type': 'application/grpc' },
        ...{ 'grpc-status': String(code), 'grpc-message': words },
      },
      { endStream: true },
    );
  };
}
