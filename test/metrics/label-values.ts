/** The values that labels may have where the list of metrics has none, because a setting or the code names them. */
import { readFileSync } from 'node:fs';
import { KEYS } from '../support/encryption.ts';

const openapi = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
const paths = Object.keys((JSON.parse(openapi) as { readonly paths: object }).paths).map((path) =>
  path.replaceAll(/\{(\w+)\}/g, ':$1'),
);
/** Those that are not in docs/openapi.json: the page, what others call, probes; and those of the codec server. */
const OTHER_ROUTES = [
  ...['/s/:token(/[a-z-]+)?', '/s/assets/[a-z0-9.-]+', '/webhooks/ar24/:secret', '/events/:source'],
  ...['/problems(/:\\w+)?', '/live', '/ready', '/metrics', '(/:secret)?/(decode|encode)', 'none'],
];
/** Of our metrics. */
export const NAMED_VALUES: Readonly<Record<string, RegExp>> = {
  route: new RegExp(`^(${[...paths, ...OTHER_ROUTES].join('|')})$`),
  method: /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/,
  status: /^[1-5]\d\d$/,
  source: /^(own|none)$/,
  key: new RegExp(`^(${KEYS.map(({ id }) => id).join('|')})$`),
  version: /^\d+\.\d+\.\d+$/,
  node: /^v?\d+\.\d+\.\d+$/,
  build_id: /^none$/,
};

/** Labels of the SDK's and prom-client's metrics: names of code, of queues and of settings, and numbers. */
export const OF_LIBRARIES: Readonly<Record<string, RegExp>> = {
  namespace: /^default$/,
  service_name: /^temporal-core-sdk$/,
  task_queue: /^sender-onboarding(-ar24|-ar24-account|-notify)?$/,
  activity_type: /^[A-Za-z]+$/,
  workflow_type: /^[A-Za-z]+$/,
  operation: /^[A-Za-z]+$/,
  status_code: /^[A-Z_]+$/,
  failure_reason: /^[A-Za-z]+$/,
  poller_type: /^[a-z_]+$/,
  worker_type: /^[A-Za-z]+$/,
  eager: /^(true|false)$/,
  le: /^([\d.e+]+|\+Inf)$/,
  // Of prom-client.
  type: /^[A-Za-z]+$/,
  kind: /^[a-z]+$/,
  space: /^[a-z_]+$/,
  version: /^v[\d.]+$/,
  major: /^\d+$/,
  minor: /^\d+$/,
  patch: /^\d+$/,
};
