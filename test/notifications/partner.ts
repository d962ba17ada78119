/** The partner's own server: it verifies each notification with the library, or throws. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import type { NotificationEvent, NotifiedView } from '../../workflows/contract/index.ts';

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

export class PartnerServer {
  /** What it answers: a redirect leads to its own /elsewhere. */
  status = 204;
  /** All requests, whatever the answer was. */
  readonly tries: Received[] = [];
  /** Of all requests, in their order. */
  readonly paths: string[] = [];
  private readonly server: Server;
  private readonly secret: string;

  private constructor(secret: string) {
    this.secret = secret;
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        this.paths.push(request.url ?? '');
        this.tries.push(this.verified(body, request.headers));
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
  private verified(body: string, headers: IncomingHttpHeaders): Received {
    const webhook = new Webhook(this.secret);
    const event = webhook.verify(body, headers as Record<string, string>);
    const { type, timestamp, data } = event as NotificationEvent;
    const id = String(headers['webhook-id']);
    return { id, body, type, timestamp, sequence: data.sequence, view: data.onboarding };
  }
}
