/** The part of SHOWN in shown.ts that is about docs/runbooks/ and docs/backup.md: many pages show the same command. */
import {
  attention,
  by,
  containers,
  notifying,
  pausing,
  restoring,
  versions,
  type RunBy,
} from './run-by.ts';

const listing = by('test/cli/status-and-list.test.ts', 'list prints a table, or with --json');
const problem = by('test/cli/acting.test.ts', 'a problem is shown with its remedy');
const cancelling = by('test/cli/acting.test.ts', 'a cancellation prints the outcome');
const keys = by('test/docs/typed.test.ts', 'events.md and notifications.md: a gateway');
const health = {
  notRun: 'its addresses are placeholders; test/gateway/ and test/worker/ ask them',
};
const file = { notRun: 'reads a file of the incident; was tried by hand beside `npm start`' };

const backingUp = { notRun: 'needs a machine of its own; the drill `restore` does the same' };

const COMMANDS = {
  'onboard pause…': pausing,
  'onboard resume': pausing,
  'onboard restored': restoring,
  'onboard restored --over': restoring,
  'jq -r .reference…': file,
  'while read -r reference…': file,
  'onboard doctor': by('test/doctor/healthy.test.ts', 'without --json it prints a line for each'),
  'onboard status REFERENCE': attention,
  'onboard list': listing,
  'onboard list --stuck': attention,
  'onboard list --waiting-for operator': attention,
  'onboard list --problem…': attention,
  'onboard list --email -': listing,
  'onboard list --status cancelled --json | jq -r .reference…': listing,
  'onboard list --json | jq -r .status…': listing,
  "onboard list --json | jq -r '.problem…": listing,
  "onboard list --json | jq -r 'select…": listing,
  'onboard check --problem…': problem,
  'onboard policy show': by('test/client/policy.test.ts', 'every new onboarding follows'),
  'onboard policy apply': by('test/client/policy.test.ts', 'every new onboarding follows'),
  'onboard key ar24': by('test/worker/ar24-account.test.ts', 'a worker with another token'),
  'onboard key rotate': by('test/cli/which-temporal.test.ts', "'rotate'"),
  'onboard key link': keys,
  'onboard key create…': keys,
  'onboard link REFERENCE --revoke': by('test/up/one-machine.test.ts', "'--revoke'"),
  'onboard override…': by('test/cli/acting.test.ts', 'an operator sees the question'),
  'onboard cancel REFERENCE…': cancelling,
  'onboard extend…': by('test/cli/acting.test.ts', 'the deadline is moved'),
  'onboard remind REFERENCE': by('test/cli/acting.test.ts', 'a reminder is refused right after'),
  'onboard notify test': notifying,
  'onboard notify log REFERENCE': notifying,
  'onboard notify redeliver REFERENCE': notifying,
  'onboard notify given-up': notifying,
  'onboard notify given-up --json…': notifying,
  'onboard import customers.csv --dry-run': by(
    'test/docs/typed.test.ts',
    'docs/import.md: a file is checked',
  ),
  'onboard cancel-many --file wrong.txt…': file,
  "cut -d';'…": file,
  "awk -F';'…": file,
  'wc -l < wrong.txt': file,
  'grep -c…': file,
  'jq -rR…': file,
  'jq -cR…': file,
  'curl -s…': health,
  'temporal worker deployment…': versions,
} satisfies Readonly<Record<string, RunBy>>;

type Shown = keyof typeof COMMANDS;

function page(...shown: readonly Shown[]): Readonly<Record<string, RunBy>> {
  return Object.fromEntries(shown.map((one) => [one, COMMANDS[one]]));
}

const FIRST = ['onboard doctor', 'onboard list --stuck'] as const;
const PROBLEM = ['onboard doctor', 'onboard list --problem…', 'onboard check --problem…'] as const;

export const SHOWN_IN_RUNBOOKS: Readonly<Record<string, Readonly<Record<string, RunBy>>>> = {
  'docs/backup.md': {
    'ini: archive_mode = on…': backingUp,
    'mkdir -p backup/archive…': containers,
    'echo "COMPOSE_FILE=…': containers,
    'docker compose up --detach': containers,
    'docker compose exec postgresql psql…': containers,
    'docker compose exec -T --user postgres…': containers,
    'docker compose stop': containers,
    'docker compose run --rm --no-deps -T…': containers,
    'docker compose up --detach postgresql': containers,
    'docker compose logs postgresql': containers,
    'docker compose up --detach temporal': containers,
    'sudo systemctl stop postgresql': backingUp,
    'pg_basebackup…': backingUp,
    'mv /var/lib/postgresql/15/main…': backingUp,
    'cp -a /backup/base-2027-03-01…': backingUp,
    'cat >> /var/lib/postgresql/15/main/postgresql.auto.conf…': backingUp,
    'touch /var/lib/postgresql/15/main/recovery.signal': backingUp,
    'onboard erasures…': restoring,
    'jq -r .reference…': restoring,
    'while read -r reference…': restoring,
    'onboard list --waiting-for operator': attention,
  },
  'docs/runbooks/README.md': page(
    ...FIRST,
    'onboard pause…',
    "onboard list --json | jq -r '.problem…",
    'onboard list --waiting-for operator',
  ),
  'docs/runbooks/ar24-down.md': page(...PROBLEM, 'onboard status REFERENCE'),
  'docs/runbooks/bad-build.md': page(
    ...FIRST,
    'onboard policy show',
    'onboard status REFERENCE',
    'grep -c…',
    'temporal worker deployment…',
  ),
  'docs/runbooks/encryption-key.md': page(...FIRST, 'onboard key rotate'),
  'docs/runbooks/import.md': page(
    'onboard pause…',
    "cut -d';'…",
    "awk -F';'…",
    'wc -l < wrong.txt',
    "onboard list --json | jq -r 'select…",
    'onboard cancel-many --file wrong.txt…',
    'while read -r reference…',
    'onboard resume',
    'onboard import customers.csv --dry-run',
    'onboard list --status cancelled --json | jq -r .reference…',
    'onboard list --problem…',
  ),
  'docs/runbooks/key-leaked.md': page(
    'jq -rR…',
    'onboard key create…',
    'onboard link REFERENCE --revoke',
    'onboard key link',
    'curl -s…',
  ),
  'docs/runbooks/notifications.md': page(
    'onboard doctor',
    'onboard notify test',
    'onboard notify log REFERENCE',
    'onboard policy apply',
    'onboard notify redeliver REFERENCE',
    'onboard notify given-up',
    'onboard notify given-up --json…',
    'while read -r reference…',
  ),
  'docs/runbooks/parked-senders.md': page(
    'onboard list --json | jq -r .status…',
    "onboard list --json | jq -r '.problem…",
    'onboard list --stuck',
    'onboard list --waiting-for operator',
    'onboard status REFERENCE',
    'onboard override…',
    'onboard cancel REFERENCE…',
    'onboard extend…',
    'onboard remind REFERENCE',
  ),
  'docs/runbooks/postgresql-restored.md': page(
    'onboard pause…',
    'onboard restored',
    'jq -r .reference…',
    'while read -r reference…',
    'onboard resume',
    'onboard list --waiting-for operator',
    'onboard override…',
    'onboard restored --over',
  ),
  'docs/runbooks/temporal-down.md': page(...FIRST, 'curl -s…'),
  'docs/runbooks/token-revoked.md': page(...PROBLEM, 'onboard key ar24'),
  'docs/runbooks/webhook-silent.md': page('curl -s…', 'jq -rR…', 'jq -cR…'),
  'docs/runbooks/wrong-mails.md': page(
    'onboard pause…',
    'onboard doctor',
    'onboard list --email -',
    'onboard status REFERENCE',
    'onboard list --problem…',
    'onboard cancel REFERENCE…',
    'onboard cancel-many --file wrong.txt…',
    'onboard resume',
  ),
  'docs/runbooks/wrong-token.md': page(...PROBLEM, 'onboard list'),
};
