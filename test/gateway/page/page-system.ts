/** For one test file: the sender's page as the gateway serves it, on a running system. */
import { beforeAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { StartRequest, WholeView } from '../../../client/index.ts';
import type { GatewayOptions } from '../../../gateway/index.ts';
import { createLinks, type Links } from '../../../gateway/links/links.ts';
import { useDevelopmentServer, type DevelopmentServer } from '../../client/development-server.ts';
import { anAddress, aReference, reaches } from '../../client/onboardings.ts';
import { registrationForm } from '../../support/people.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';

export const LINK_KEY = { kid: 'test', key: new Uint8Array(randomBytes(32)) };

export interface PageSystem {
  readonly testEnv: DevelopmentServer;
  readonly gateway: GatewayUnderTest;
  /** Makes links as the gateway does, and also invalid ones. */
  linksOf(now?: Date): Links;
  stopWorker(): Promise<void>;
  /** Starts an onboarding and waits for this status. */
  begin(
    status: WholeView['status'],
    request?: Partial<Omit<StartRequest, 'reference'>>,
  ): Promise<Started>;
  view(reference: string): Promise<WholeView>;
}

export interface Started {
  readonly reference: string;
  readonly email: string;
  /** As the partner's API makes it. */
  readonly link: string;
}

/** A form that AR24 accepts, as a browser posts it. */
export function formFields(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(registrationForm()).map(([name, value]) => [name, String(value)]),
  );
}

export function usePage(options: Partial<GatewayOptions> = {}): PageSystem {
  const testEnv = useDevelopmentServer();
  let gateway: GatewayUnderTest;
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    gateway = await startGatewayUnderTest(testEnv.temporal, { linkKeys: [LINK_KEY], ...options });
    stopWorker = await testEnv.startWorker();
  });

  async function view(reference: string): Promise<WholeView> {
    const seen = await gateway.onboardings.view(reference);
    if (seen.partial) throw new Error('no worker answered');
    return seen;
  }

  return {
    testEnv,
    view,
    stopWorker: () => stopWorker(),
    linksOf: (now = new Date()) =>
      createLinks({
        keys: [LINK_KEY],
        publicUrl: gateway.url,
        days: 30,
        returnHosts: options.returnHosts,
        now: () => now,
      }),
    async begin(status, request = {}) {
      const reference = aReference();
      const email = request.email ?? anAddress();
      await gateway.call('PUT', `/onboardings/${reference}`, { body: { ...request, email } });
      await reaches(gateway.onboardings, reference, status);
      const { json } = await gateway.call('POST', `/onboardings/${reference}/links`, { body: {} });
      return { reference, email, link: String(json['url']) };
    },
    get gateway() {
      return gateway;
    },
  };
}
