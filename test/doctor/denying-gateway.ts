/**
 * A real gateway before a real Temporal that lets everything through but what operators do, as
 * Temporal Cloud does.
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

const PERMISSION_DENIED = '7';

/** @param denied parts of the gRPC methods' paths that are refused */
export async function denyingGateway(
  temporalAddress: string,
  denied: readonly string[],
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

function refuse(stream: ServerHttp2Stream): void {
  const answer = { ':status': 200, 'content-type': 'application/grpc' };
  stream.respond(
    { ...answer, 'grpc-status': PERMISSION_DENIED, 'grpc-message': 'not for you' },
    { endStream: true },
  );
}
