/** A process that starts a server and keeps it: `node start-and-hang.ts CLI DB_FILE PORT`. */
import { startDevServer } from '../../devserver/index.ts';

const [cliPath, dbFile, port] = process.argv.slice(2);
if (cliPath === undefined || dbFile === undefined) throw new TypeError('Too few arguments');
const server = await startDevServer({
  cliPath,
  dbFile,
  port: Number(port),
  uiPort: 'no-ui',
  searchAttributes: [],
  logFile: `${dbFile}.log`,
});
process.stdout.write(`${String(server.pid)}\n`);
setInterval(() => undefined, 60_000);
