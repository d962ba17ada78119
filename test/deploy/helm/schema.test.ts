/** The chart refuses what the programs would refuse at their start, and nothing that they accept. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ALL_VARIABLES } from '../../../cli/environment/table.ts';
import { PROJECT } from '../compose-file.ts';
import { render } from './chart.ts';

const rule = z.looseObject({
  $ref: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
});
const withEnvironment = z.looseObject({
  properties: z.looseObject({
    env: z.looseObject({ properties: z.record(z.string(), rule) }),
  }),
});
const schema = z
  .looseObject({
    definitions: z.record(z.string(), rule),
    properties: z.looseObject({
      worker: withEnvironment,
      gateway: withEnvironment,
      codec: withEnvironment,
      exporter: withEnvironment,
    }),
  })
  .parse(
    JSON.parse(
      readFileSync(join(PROJECT, 'deploy/helm/sender-onboarding/values.schema.json'), 'utf8'),
    ),
  );

/** Whether the values may have this text for a variable. */
function accepts({ $ref, ...own }: z.output<typeof rule>, text: string): boolean {
  const { pattern, enum: words } =
    $ref === undefined ? own : (schema.definitions[$ref.replace('#/definitions/', '')] ?? {});
  if (words !== undefined) return words.includes(text);
  return text !== '' && (pattern === undefined || new RegExp(pattern).test(text));
}

const { worker, gateway, codec, exporter } = schema.properties;
const OFFERED = [worker, gateway, codec, exporter]
  .flatMap((part) => Object.entries(part.properties.env.properties))
  .filter(([name]) => name in ALL_VARIABLES);

/** No program expects one of them, but where any text will do. */
const MALFORMED = ['soon!', 'x', '-1', '1e3', 'ftp://a.example', 'https//a.example'];
const WELL_FORMED = [
  ...['0', '1', '3', '30', '5000', '0.5', '100.25', '2,5,10.5', '9-19', '1/1', '12/60'],
  ...['https://a.example', 'http://127.0.0.1:8080/b?c=d', 'https://[::1]:8443/'],
  ...['10.0.0.0/8', '2001:db8::/32,10.0.0.1', 'a.example:3000, b.example', 'a@b.example'],
  ...['#1D4ed8', 'all', 'patch-1,patch.2', 'trace', 'debug', 'info', 'warn', 'error'],
  ...['insensitive', 'sensitive', 'field', 'claim', 'automatic', 'request', 'mail', 'link'],
  ...['correctable', 'fixed', 'Example & Fils'],
];

describe.each(OFFERED)('%s', (name, own) => {
  const program = ALL_VARIABLES[name];
  const byProgram = (text: string) => program?.schema.safeParse(text).success === true;

  test('what the program accepts, the chart accepts', () => {
    const samples = [...MALFORMED, ...WELL_FORMED, program?.default ?? 'x'].filter(byProgram);
    expect(samples.filter((text) => !accepts(own, text))).toEqual([]);
  });

  test('what is malformed for the program, the chart refuses', () => {
    const samples = ['', ...MALFORMED].filter((text) => !byProgram(text));
    expect(samples.filter((text) => accepts(own, text))).toEqual([]);
  });
});

test.each([
  ['a number that is none', ['worker.env.ONBOARDING_DEADLINE_DAYS=soon'], /DEADLINE_DAYS/],
  ['an address that is none', ['worker.env.AR24_BASE_URL=x'], /AR24_BASE_URL/],
  ['a port of Temporal that does not exist', ['temporal.address=foo:99999'], /temporal.address/],
  ['a tag that is none', ['image.tag=foo:bar'], /image.tag/],
  ['a tag in the place of the image', ['image.repository=a.example/b:c'], /image.repository/],
  ['memory that is no quantity', ['worker.resources.limits.memory=lots'], /limits.memory/],
  ['memory in thousandths of a byte', ['worker.resources.limits.memory=512m'], /limits.memory/],
  ['an interval that is none', ['metrics.serviceMonitor.interval=often'], /interval/],
])('refused: %s', async (_what, settings, words) => {
  await expect(render('own-temporal.yaml', settings)).rejects.toThrow(at(words));
});

test.each([
  ['a port that does not exist', ['networkPolicies.web.ports={99999}'], /web.ports/],
  [
    'fewer gateways at most than at least',
    ['gateway.autoscaling.enabled=true', 'gateway.autoscaling.minReplicas=7'],
    /gateway.autoscaling: minReplicas is above maxReplicas/,
  ],
  [
    'fewer workers at most than at least',
    ['worker.keda.enabled=true', 'worker.keda.minReplicas=7'],
    /worker.keda: minReplicas is above maxReplicas/,
  ],
])('refused: %s', async (_what, typed, words) => {
  await expect(render('own-temporal.yaml', [], typed)).rejects.toThrow(at(words));
});

test('quantities are accepted in each of their forms', async () => {
  const forms = ['cpu=0.5', 'cpu=500m', 'memory=1Gi', 'memory=1.5G', 'ephemeral-storage=1Gi'];
  const settings = forms.map((form) => `gateway.resources.requests.${form}`);
  for (const setting of settings) {
    await expect(
      render('own-temporal.yaml', [setting], ['gateway.resources.requests.memory=536870912']),
    ).resolves.toBeDefined();
  }
});

/** Helm writes a place as /worker/env, or with dots. */
function at(words: RegExp): RegExp {
  return new RegExp(words.source.replaceAll(/(?<=\w)\.(?=\w)/g, '[./]'));
}
