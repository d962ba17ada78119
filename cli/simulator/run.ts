/** The simulator as a process of its own. */
import { DEMO_PRIVATE_KEY, DEMO_TOKEN, type Simulator } from '../../simulator/index.ts';
import { readReport } from '../probe/report-file.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { simulatorOptions, type SimulatorCommandOptions } from './options.ts';
import { startSimulatorHere } from './start.ts';

/** Runs until a request to stop. @throws CommandError, EnvironmentError */
export async function runSimulator(given: SimulatorCommandOptions): Promise<void> {
  const output = createOutput(given);
  const like = given.like === undefined ? undefined : await readReport(given.like);
  const others = like?.notImitated?.length ?? 0;
  if (others > 0) {
    output.note(`${others} findings of the report cannot be imitated: it lists them`);
  }
  const options = simulatorOptions(given, process.env, like?.simulator);
  const stop = stopRequest();
  const simulator = await startSimulatorHere(options, '--port or SIMULATOR_PORT');
  const { url, apiUrl } = simulator;
  const found = { url, apiUrl, mailboxUrl: `${url}/`, ledgerUrl: `${url}/admin/ledger` };
  output.result(found, () => asText(simulator));
  await stop;
  await simulator.stop();
}

function asText({ url, apiUrl, token, privateKey }: Simulator): string {
  return [
    'A simulated AR24 runs here; Ctrl-C ends it.',
    `  mailbox   ${url}/`,
    `  accounts  ${url}/accounts`,
    `  ledger    ${url}/admin/ledger`,
    `  API       AR24_BASE_URL=${apiUrl}`,
    `            AR24_TOKEN=${shown(token, DEMO_TOKEN)}`,
    `            AR24_PRIVATE_KEY=${shown(privateKey, DEMO_PRIVATE_KEY)}`,
  ].join('\n');
}

/** Shows the demo values, which are no secret, and no others. */
function shown(value: string, demo: string): string {
  return value === demo ? demo : '(as given)';
}
