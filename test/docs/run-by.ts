/** What runs a command or snippet that the documentation shows: a test, a command of `.ci/run`, or nothing, for a reason. */
export interface RunBy {
  /** A file, and a text in it: the name of a test, or a command. */
  readonly by?: readonly [file: string, words: string];
  readonly notRun?: string;
}

export const by = (file: string, words: string): RunBy => ({ by: [file, words] });
export const ci = (words: string): RunBy => by('.ci/run', words);
export const typed = (words: string): RunBy => by('test/docs/typed.test.ts', words);
export const compiled = by('test/docs/snippets.test.ts', 'all compile as printed');
export const bench = { notRun: 'takes minutes on a quiet machine; CI runs each part by --short' };
/** Commands of Temporal's own, which the drills `rollout` and `pinned` run on a real server. */
export const versions = { notRun: 'the drill rollout runs it on a real server' };
export const gameDay = {
  notRun: 'takes 100 minutes, and a person reads its report; run before a release',
};
export const drill = {
  notRun: 'takes minutes or hours; CI runs those of minutes by --short',
};
export const containers = {
  notRun:
    'needs Docker Compose; test/deploy/ parses the files, and a drill runs the services by podman',
};
export const installed = by('test/deploy/helm/install.test.ts', 'the command for %s prints');
export const cluster = {
  notRun: 'needs a cluster; test/deploy/helm/ renders the chart with the same values files',
};
export const machine = { notRun: 'changes a machine, which needs systemd' };
export const npmTest = { notRun: 'selects some of the tests, which CI runs all' };
export const http = typed('README: the same over HTTP');
export const application = typed('docs/integrating.md: an application starts, links and erases');
export const gateway = typed('docs/integrating.md, events.md and notifications.md: a gateway');
export const attention = typed('docs/operating.md: the onboardings that need attention');
export const notifying = by('test/notifications/tools.test.ts', "here.onboard(['notify'");
export const EXAMPLES = 'test/docs/examples.test.ts';
export const calling = by(EXAMPLES, 'starts an onboarding once, makes a link');
export const receiving = by(EXAMPLES, 'stores a genuine notification');
export const pausing = by(
  'test/cli/pausing.test.ts',
  'nothing is written from the pause to its end',
);
export const restoring = by(
  'test/cli/restoring.test.ts',
  'an order that may be forgotten waits for an operator',
);
export const probing = by('test/probe/command.test.ts', 'reads first, goes on with addresses');
export const cancellingMany = by(
  'test/cli/cancelling-many.test.ts',
  'a file is cancelled once its number is confirmed',
);
export const erasing = by('test/cli/erasing.test.ts', 'without confirmation nothing is done');
