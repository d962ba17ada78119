/** A simulator in its own process, which prints its address and can be killed. Run by node. */
import { startSimulator } from '../../simulator/index.ts';

const simulator = await startSimulator({ port: 0, stateFile: process.argv[2] ?? '' });
process.stdout.write(`${simulator.url}\n`);
