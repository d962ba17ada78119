/** The partner's server for notifications, which can be made to refuse all of them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const SECRET = `whsec_${Buffer.from('notifications of the game day 32').toString('base64')}`;

export interface PartnerServer {
  /** Whether it answers HTTP 500. */
  isBroken: boolean;
  /** The variables of a worker that notifies it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly close: () => void;
}

export async function startPartnerServer(): Promise<PartnerServer> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(partner.isBroken ? 500 : 204).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const partner: PartnerServer = {
    isBroken: false,
    variables: {
      ONBOARDING_NOTIFY_URL: `http://127.0.0.1:${port}/`,
      ONBOARDING_NOTIFY_SECRETS: SECRET,
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
    },
    close: () => {
      server.close();
    },
  };
  return partner;
}
