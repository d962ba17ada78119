import { by, cancellingMany, pausing, probing, erasing, restoring, type RunBy } from './run-by.ts';

/** Examples of `--help`, by command; each is also parsed by the command itself. */
export const SHOWN_BY_HELP: Readonly<Record<string, RunBy>> = {
  start: by('test/cli/starting.test.ts', 'all options of a start reach the onboarding'),
  link: by('test/up/one-machine.test.ts', 'a link opens the page'),
  import: by('test/import/importing.test.ts', '--skip-invalid starts the other rows'),
  register: by('test/cli/acting.test.ts', 'a form that AR24 refuses is shown with the field'),
  'correct-address': by('test/cli/acting.test.ts', 'the address is corrected'),
  accept: by('test/cli/acting.test.ts', 'a claim is checked at AR24'),
  refuse: by('test/cli/acting.test.ts', 'a refusal ends the onboarding'),
  status: by('test/cli/status-and-list.test.ts', 'status prints at least'),
  watch: by('test/cli/watching.test.ts', 'with --json, events and views are a value a line'),
  list: by('test/cli/status-and-list.test.ts', 'list prints a table'),
  check: by('test/cli/acting.test.ts', 'all onboardings with it are checked at once'),
  pause: pausing,
  resume: pausing,
  restored: restoring,
  erasures: restoring,
  remind: by('test/cli/acting.test.ts', 'a reminder is refused right after the mail'),
  extend: by('test/cli/acting.test.ts', 'the deadline is moved'),
  override: by('test/cli/acting.test.ts', 'an operator sees the question'),
  cancel: by('test/cli/acting.test.ts', 'a cancellation prints the outcome'),
  'cancel-many': cancellingMany,
  erase: erasing,
  probe: probing,
  codec: by('test/cli/codec.test.ts', '--local decodes for callers that know the path'),
};
