/** The partner's own server: it verifies each notification with the library, or throws. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import {
  TEST_EVENT_TYPE,
  type NotificationEvent,
  type NotifiedView,
  type TestEvent,
} from '../../workflows/contract/index.ts';

export const SECRET = `whsec_${Buffer.alloc(32, 'a').toString('base64')}`;
export const OTHER_SECRET = `whsec_${Buffer.alloc(32, 'b').toString('base64')}`;

export interface Received {
  readonly id: string;
  readonly body: string;
  readonly type: string;
  readonly timestamp: string;
  readonly sequence: number;
  readonly view: NotifiedView;
}

export interface Signed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export class PartnerServer {
  /** What it answers: a redirect leads to its own /elsewhere. */
  status = 204;
  /** Whether it leaves requests without an answer. */
  isSilent = false;
  /** All requests, whatever the answer was. */
  readonly tries: Received[] = [];
  /** The bodies of all requests: also of tests, which are no notifications. */
  readonly events: unknown[] = [];
  /** Of all requests, in their order. */
  readonly paths: string[] = [];
  /** Of all requests, in their order. */
  readonly headers: IncomingHttpHeaders[] = [];
  /** All requests as they were received, with the headers of Standard Webhooks. */
  readonly requests: Signed[] = [];
  private readonly server: Server;
  private readonly secret: string;

  private constructor(secret: string) {
    this.secret = secret;
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        this.paths.push(request.url ?? '');
        this.headers.push(request.headers);
        const event = this.verified(body, request.headers);
        this.events.push(event);
        this.requests.push({ body, headers: signatureIn(request.headers) });
        if (event.type !== TEST_EVENT_TYPE)
          this.tries.push(receivedIn(event, body, request.headers));
        if (this.isSilent) return;
        response.writeHead(this.status, { location: '/elsewhere' }).end('thank you');
      });
    });
  }

  static async listen(secret = SECRET): Promise<PartnerServer> {
    const partner = new PartnerServer(secret);
    // By name, since recorded histories must not contain its port's address.
    await once(partner.server.listen(0, 'localhost'), 'listening');
    return partner;
  }

  /** For a worker that may call it. */
  get settings(): ReceiverSettings {
    const address = this.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const url = `http://localhost:${port}/hooks?key=hidden-key`;
    return { url, secrets: [SECRET, OTHER_SECRET], privateTargets: 'allowed' };
  }

  /** Each notification once, in the order of its first try. */
  get notified(): readonly Received[] {
    return this.tries.filter(({ id }, n) => this.tries.findIndex((one) => one.id === id) === n);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await once(this.server.close(), 'close');
  }

  /** @throws WebhookVerificationError if it is not ours */
  private verified(body: string, headers: IncomingHttpHeaders): NotificationEvent | TestEvent {
    const webhook = new Webhook(this.secret);
    return webhook.verify(body, headers as Record<string, string>) as NotificationEvent | TestEvent;
  }
}

function receivedIn(
  { type, timestamp, data }: NotificationEvent,
  body: string,
  headers: IncomingHttpHeaders,
): Received {
  const id = String(headers['webhook-id']);
  return { id, body, type, timestamp, sequence: data.sequence, view: data.onboarding };
}

function signatureIn(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('webhook-'));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
