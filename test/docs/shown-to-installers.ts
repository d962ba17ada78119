/** The part of SHOWN in shown.ts that is about containers, Kubernetes and systemd. */
import { by, versions, containers, installed, cluster, machine, type RunBy } from './run-by.ts';

export const SHOWN_TO_INSTALLERS: Readonly<Record<string, Readonly<Record<string, RunBy>>>> = {
  'docs/deploying.md': {
    'umask 077 && mkdir keys': { notRun: 'makes a folder' },
    'npx onboard key encryption > keys/encryption-keys': installed,
    'npx onboard key hash > keys/hash-key': installed,
    'npx onboard key link > keys/link-keys': installed,
    'npx onboard key create --name app': by('test/cli/gateway.test.ts', "'key', 'create'"),
    'kubectl create namespace onboarding': cluster,
    'kubectl --namespace onboarding create secret…': cluster,
    'cp deploy/helm/values/own-temporal.yaml my-values.yaml': cluster,
    'helm install onboarding…': cluster,
    'helm test onboarding…': cluster,
    'kubectl --namespace onboarding scale…': cluster,
    'kubectl --namespace onboarding rollout status…': cluster,
    'onboard() { tty=--tty;…': by('test/docs/runbooks.test.ts', 'a command has a terminal'),
    'onboard doctor': by('test/doctor/healthy.test.ts', 'without --json it prints a line for each'),
    'helm upgrade onboarding…': cluster,
    'helm rollback onboarding…': cluster,
    'temporal worker deployment set-current-version…': versions,
    'cosign verify…': { notRun: 'needs a published release' },
    'git clone…': machine,
    'cd /opt/sender-onboarding && npm ci': machine,
    'useradd --system onboarding': machine,
    'install --directory…': machine,
    "ini: TEMPORAL_ADDRESS='temporal.example.org:7233'…": by(
      'test/docs/environment-file.test.ts',
      'a shell reads the lines of the file as systemd does',
    ),
    'ini: [Unit] Description=sender-onboarding…': machine,
    'systemctl enable…': machine,
    'onboard() { (set -a…': machine,
  },
  'deploy/README.md': {
    'cp deploy/.env.example .env': containers,
    'echo "ONBOARDING_ENCRYPTION_KEYS=local:…': containers,
    'docker compose up --build…': containers,
    'docker compose exec worker onboard start…': containers,
    'docker compose exec worker onboard watch…': containers,
    '(set -a && . ./.env && npx onboard codec --local)': by(
      'test/cli/codec.test.ts',
      '--local decodes for callers that know the path',
    ),
  },
};
