/** Requests that no client library would send, over a bare connection. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: string;
  /** The number of answers. */
  readonly answers: number;
}

/** @param text as it goes over the wire. Resolves when the server has closed the connection. */
export function sendRaw(url: string, text: string): Promise<RawAnswer> {
  return exchange(url, text, () => undefined);
}

/** The same, and continues to send `more` until the server closes the connection. */
export function sendForEver(url: string, text: string, more: string): Promise<RawAnswer> {
  return exchange(url, text, (write) => {
    write(more);
  });
}

function exchange(
  url: string,
  text: string,
  onDrain: (write: (more: string) => void) => void,
): Promise<RawAnswer> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(text, goOn);
    });
    const goOn = (): void => {
      onDrain((more) => {
        if (socket.writable) socket.write(more, goOn);
      });
    };
    socket.setEncoding('latin1').on('data', (part: string) => (received += part));
    // The server may cut it off while it still sends, which some tests expect.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answerIn(received));
    });
  });
}

function answerIn(received: string): RawAnswer {
  const [head = '', ...rest] = received.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]),
    head,
    body: rest.join('\r\n\r\n'),
    answers: received.split('HTTP/1.1 ').length - 1,
  };
}
