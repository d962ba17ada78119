/** The partner's receiver of notifications. It does what docs/notifications.md says: verify, keep the newest, answer. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

export interface Partner {
  readonly url: string;
  /** The status of the newest notification of each reference. */
  readonly heard: () => ReadonlyMap<string, string>;
  /** Notifications that came with an id of an earlier one. */
  readonly repeated: () => number;
  /** Those of them with another body. */
  readonly contradicted: () => number;
  readonly stop: () => Promise<void>;
}

const event = z.object({
  data: z.object({
    sequence: z.number(),
    onboarding: z.object({ reference: z.string(), status: z.string() }),
  }),
});

export async function startPartner(secret: string): Promise<Partner> {
  const webhook = new Webhook(secret);
  const newest = new Map<string, { readonly sequence: number; readonly status: string }>();
  const bodies = new Map<string, string>();
  const counts = { repeated: 0, contradicted: 0 };

  const receive = async (request: IncomingMessage): Promise<void> => {
    const body = Buffer.concat(await request.toArray()).toString();
    const id = String(request.headers['webhook-id']);
    const verified = webhook.verify(body, request.headers as Record<string, string>);
    const { sequence, onboarding } = event.parse(verified).data;
    const before = bodies.get(id);
    if (before !== undefined) counts.repeated++;
    if (before !== undefined && before !== body) counts.contradicted++;
    bodies.set(id, body);
    const { reference, status } = onboarding;
    const known = newest.get(reference);
    if (known === undefined || sequence > known.sequence)
      newest.set(reference, { sequence, status });
  };
  const server = createServer((request, response) => {
    receive(request).then(
      () => response.writeHead(204).end(),
      () => response.writeHead(400).end(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    heard: () => new Map([...newest].map(([reference, { status }]) => [reference, status])),
    repeated: () => counts.repeated,
    contradicted: () => counts.contradicted,
    async stop() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
