/**
 * A process that starts a server and keeps it: `node start-and-hang.ts CLI LOG_FILE PORT DB_FILE`. Without a
 * database file the state is in memory.
 */
import { startDevServer } from '../../devserver/index.ts';

const [cliPath = '', logFile = '', port, dbFile] = process.argv.slice(2);
const server = await startDevServer({
  cliPath,
  ...(dbFile !== undefined && { dbFile }),
  port: Number(port),
  uiPort: 'no-ui',
  searchAttributes: [],
  logFile,
});
process.stdout.write(`${String(server.pid)}\n`);
setInterval(() => undefined, 60_000);
