/**
 * Each command and snippet in README and docs/, with the test (file and name) or the command of `.ci/run` that runs it,
 * or the reason why nothing does. shown.test.ts compares this list with the texts.
 */
import {
  by,
  cancellingMany,
  ci,
  typed,
  compiled,
  bench,
  npmTest,
  http,
  application,
  gateway,
  attention,
  notifying,
  EXAMPLES,
  calling,
  receiving,
  pausing,
  probing,
  erasing,
  cluster,
  containers,
  type RunBy,
} from './run-by.ts';
import { SHOWN_IN_RUNBOOKS } from './shown-runbooks.ts';
import { SHOWN_TO_INSTALLERS } from './shown-to-installers.ts';
import { SHOWN_TO_TESTERS } from './shown-to-testers.ts';

/** By file, then by command or snippet with single blanks; `…` stands for the rest of a long one. */
export const SHOWN: Readonly<Record<string, Readonly<Record<string, RunBy>>>> = {
  'README.md': {
    'npm ci && npm start': by('test/up/one-machine.test.ts', "by: 'npm'"),
    'npm ci && npm pack': by('test/package/package.test.ts', "'pack',"),
    'npm install ../sender-onboarding/sender-onboarding-*.tgz…': by(
      'test/package/package.test.ts',
      "'install',",
    ),
    'npx onboard start demo --email jeanne@example.org': typed('README: a sender is started'),
    'npx onboard watch demo': typed('README: a sender is started'),
    "cat > form.json <<'FORM'…": typed('README: a person without an account'),
    'npx onboard start demo-form…': typed('README: a person without an account'),
    'npx onboard status demo-form': typed('README: a person without an account'),
    'auth="Authorization:…': http,
    'api=http://127.0.0.1:8080…': http,
    'curl -X PUT "$api/customer-42"…': http,
    'curl -X POST "$api/customer-42/links"…': http,
    'curl "$api/customer-42"…': http,
    'curl -N "$api/customer-42/events"…': http,
    "ts: import { Client, Connection } from '@temporalio/client';…": compiled,
  },
  'CONTRIBUTING.md': {
    'npm ci': ci('npm ci'),
    'npm start': by('test/up/one-machine.test.ts', "by: 'npm'"),
    'npm run verify': ci('npm run verify'),
  },
  'docs/changing-workflows.md': {
    'npm test -- test/replay': npmTest,
    "ts: if (patched('attributes-before-calls'))…": by(
      'test/docs/snippets.test.ts',
      'the excerpt of a workflow',
    ),
  },
  'docs/encryption.md': {
    "ts: import { Client, Connection } from '@temporalio/client';…": compiled,
  },
  'docs/events.md': {
    'export ONBOARDING_EVENT_SOURCES=event-sources.json': {
      notRun:
        'its secret is Clerk’s; the same with other values is typed in test/docs/typed.test.ts',
    },
    'export CLERK_WEBHOOK_SECRETS=…': { notRun: 'its secret is Clerk’s' },
    'onboard gateway': gateway,
    'json: { "sources": [ { "name": "crm"…': gateway,
    'json: { "scheme": "hmac-sha256", "header": "workos-signature", …': by(
      'test/gateway/events/signatures/hmac.test.ts',
      'WorkOS',
    ),
    "node -e ' const { Webhook }…": gateway,
    "js: decodeURIComponent(reference.replaceAll(':', '%'));": by(
      'test/gateway/events/read-fields.test.ts',
      "decodeURIComponent(reference.replaceAll(':', '%'))",
    ),
    'export ONBOARDING_AR24_WEBHOOK_SECRETS=…': gateway,
    'export ONBOARDING_AR24_WEBHOOK_ADDRESSES=…': gateway,
    'export ONBOARDING_TRUSTED_PROXIES=…': gateway,
  },
  'docs/figures.md': {
    'npm run bench': bench,
    'npm run bench -- --short': ci('npm run bench -- --short'),
    'npm run bench -- --help': by('test/docs/shown.test.ts', 'the help of the benchmark'),
    'npm run bench -- paths': bench,
    'npm run bench -- throughput…': bench,
    'npm run bench -- webhooks…': bench,
    'npm run bench -- gateway-memory…': bench,
    'npm run bench -- processes…': bench,
    'npm run bench -- operator…': bench,
    'npm run bench -- --json…': bench,
  },
  'docs/import.md': {
    'onboard import customers.csv --dry-run': typed('docs/import.md: a file is checked'),
    'onboard import customers.csv': typed('docs/import.md: a file is checked'),
    'onboard import customers.csv --as-prefill': by(
      'test/import/importing.test.ts',
      '--as-prefill',
    ),
    'kubectl exec…': cluster,
    'onboard import /tmp/customers.csv': typed('docs/import.md: a file is checked'),
    'docker compose run…': containers,
    'csv: reference;email;language…': typed('docs/import.md: a file is checked'),
    'text: line 3, email: is not an e-mail address…': {
      notRun: 'is an example of output; test/import/ reads the real output',
    },
  },
  'docs/examples.md': {
    'sql: INSERT INTO senders…': by(EXAMPLES, 'the statement stores a notification only if'),
    'php: <?php class Problem…': calling,
    'php: <?php function receive…': receiving,
    'python: import os import httpx…': calling,
    'python: import os from standardwebhooks…': receiving,
    'ts: const { GATEWAY_URL…': calling,
    'ts: import type { IncomingHttpHeaders }…': receiving,
    'go: package senders import ( "bytes"…': calling,
    'go: package senders import ( "encoding/json"…': receiving,
  },
  'docs/integrating.md': {
    'json: { "prefill": …': by('test/gateway/prefill.test.ts', 'a link with a prefill'),
    'npx onboard key create…': gateway,
    'npx onboard key link': gateway,
    'npx onboard key encryption': gateway,
    'npx onboard key hash': gateway,
    'npx onboard gateway': gateway,
    'curl -X PUT https://onboarding.example.org…': application,
    'curl -X POST https://onboarding.example.org…': application,
    'curl -X DELETE https://onboarding.example.org…': application,
    "ts: import { NativeConnection } from '@temporalio/worker';…": compiled,
  },
  'docs/metrics.md': {
    'yaml: scrape_configs:…': by(
      'test/deploy/rules.test.ts',
      'the configuration in docs/metrics.md is valid',
    ),
  },
  'docs/notifications.md': {
    'export ONBOARDING_NOTIFY_URL=…': gateway,
    'export ONBOARDING_NOTIFY_SECRETS=…': gateway,
    'http: POST /hooks/senders HTTP/1.1…': {
      notRun: 'is an example of a request; test/notifications/ receives real ones',
    },
    'json: { "type": "onboarding.updated"…': by(
      'test/docs/notifications.test.ts',
      'the example has each field of a notification',
    ),
    'onboard notify test': notifying,
    'onboard notify log REFERENCE': notifying,
    'onboard notify redeliver REFERENCE': notifying,
    'onboard notify redeliver REFERENCE --sequence 1772442000000': notifying,
    'onboard notify given-up': notifying,
    'json: { "type": "onboarding.test"…': by(
      'test/notifications/delivering.test.ts',
      'a test event is signed',
    ),
  },
  'docs/operating.md': {
    'text: https://temporal.example.org/namespaces/…': by(
      'test/up/temporal-ui.test.ts',
      'onboardingsInUi',
    ),
    'onboard list --stuck': attention,
    'onboard list --waiting-for operator': attention,
    'onboard list --problem credentials': attention,
    'onboard status REFERENCE': attention,
    'onboard cancel-many --waiting-for…': cancellingMany,
    'onboard cancel-many --file…': cancellingMany,
    'onboard check --problem KIND': attention,
    'onboard check REFERENCE': attention,
    'onboard pause…': pausing,
    'onboard list --problem paused': pausing,
    'onboard resume': pausing,
    'temporal workflow show…': typed("Temporal's command line reads what is encrypted"),
  },
  'docs/page.md': {
    'npx onboard link customer-42': typed('docs/page.md: a link by the command'),
    "curl -X POST 'https://onboarding.example.org…": typed('docs/page.md: a link by the command'),
  },
  'docs/privacy.md': { 'onboard erase customer-42': erasing },
  ...SHOWN_TO_INSTALLERS,
  ...SHOWN_IN_RUNBOOKS,
  ...SHOWN_TO_TESTERS,
  'docs/security.md': {
    'npm run check:audit -- --answer-needed': {
      notRun: 'needs a registry that answers; CI runs it without the option',
    },
    'npm run --silent sbom…': by('test/checks/licences.test.ts', 'the bill of materials names'),
  },
  'docs/first-day.md': {
    'set -a && . ./ar24.env && set +a': { notRun: 'loads credentials of a real sandbox' },
    'json: { "plain": "you+plain@example.org",…': by(
      'test/probe/command.test.ts',
      "'addresses.json'), JSON.stringify(ADDRESSES)",
    ),
    'npx onboard probe --plan': by('test/probe/command.test.ts', '--plan shows every announcement'),
    'npx onboard probe --read-only': probing,
    'npx onboard probe --continue --addresses addresses.json': probing,
    'npx onboard probe --continue --addresses addresses.json --listen 8099': by(
      'test/probe/independent.test.ts',
      'webhooks included',
    ),
    'npx onboard simulator --like ar24-report.json': probing,
  },
  'simulator/README.md': {
    'npx onboard simulator': by('test/up/simulator.test.ts', 'an option overrides its variable'),
    'export AR24_BASE_URL=…': typed('simulator/README.md: a fault by HTTP'),
    "ts: import { startSimulator } from './simulator/index.ts';…": compiled,
    'curl -X POST localhost:8424/admin/faults…': typed('simulator/README.md: a fault by HTTP'),
  },
};
