/** What each pod of the chart can reach, and what can reach it. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { containerOf, podsIn, render, valueOf, type Rendered } from './chart.ts';

const policySpec = z.looseObject({
  egress: z.array(
    z.strictObject({
      to: z.array(z.unknown()).default([]),
      ports: z.array(z.looseObject({ port: z.number() })),
    }),
  ),
});

/** By the part whose pods they select. */
function policiesIn({ objects }: Rendered) {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  return new Map(
    policies.map(({ metadata, spec }) => [
      metadata.labels['app.kubernetes.io/component'] ?? '',
      policySpec.parse(spec),
    ]),
  );
}

test('network policies cover every pod, and let traces out on the port of their endpoint or scheme', async () => {
  const rendered = await render('everything.yaml');
  const policies = policiesIn(rendered);
  expect([...policies.keys()].sort()).toEqual([...podsIn(rendered).keys()].sort());
  for (const [part, endpoint, port] of [
    ['worker', 'http://collector.example.org:4318', 4318],
    ['gateway', 'http://10.1.2.3', 80],
  ] as const) {
    expect(valueOf(containerOf(rendered, part), 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBe(endpoint);
    expect(policies.get(part)?.egress).toContainEqual({
      to: [],
      ports: [{ port, protocol: 'TCP' }],
    });
  }
});

test('network policies let each part out on the ports of the addresses that it calls', async () => {
  const policies = policiesIn(
    await render('everything.yaml', [
      'worker.env.AR24_BASE_URL=https://ar24.example.org:4443/api/',
      'worker.env.ONBOARDING_NOTIFY_URL=https://[fd00::1]:8443/notifications',
      'gateway.env.ONBOARDING_COMPANY_LOOKUP_URL=http://companies.example.org/search',
      'gateway.eventSources.sources[0].signature.jwksUrl=https://login.example.org:9443/keys',
      'codec.env.ONBOARDING_CODEC_JWKS_URL=https://login.example.org:8444/keys',
    ]),
  );
  const webPortsOf = (part: string) => {
    const { egress = [] } = policies.get(part) ?? {};
    const web = egress.find(({ to }) => JSON.stringify(to).includes('::/0'));
    return web?.ports.map(({ port }) => port);
  };
  expect(webPortsOf('gateway')).toEqual([443, 80, 9443]);
  expect(webPortsOf('codec')).toEqual([443, 8444]);
  expect(webPortsOf('exporter')).toBeUndefined();
  for (const part of ['worker', 'operator', 'doctor']) {
    expect([part, webPortsOf(part)]).toEqual([part, [443, 4443, 8443]]);
  }
});
