/** A process that takes a lock and keeps it: `node hold-lock.ts FILE`; with `by-child`, its child has it too. */
import { spawn } from 'node:child_process';
import { lock } from '../../devserver/lock.ts';

const [file = '', byChild] = process.argv.slice(2);
const { fd } = await lock(file);
const child =
  byChild === 'by-child'
    ? spawn('sleep', ['600'], { detached: true, stdio: ['ignore', 'ignore', 'ignore', fd] })
    : undefined;
process.stdout.write(`${String(child?.pid)}\n`);
setInterval(() => undefined, 60_000);
