/**
 * Temporal as in docker-compose.yml, but without containers: the production server with its state in
 * PostgreSQL, set up by the scripts of deploy/temporal/.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findTemporalCli } from '../../devserver/index.ts';
import { temporaryFolder } from '../folder.ts';
import type { DrillSettings } from '../drill.ts';
import type { TemporalAt } from '../stage/options.ts';
import { until } from '../pause.ts';
import { listens } from './answers.ts';
import { keepRunning, type Kept } from './kept.ts';
import { lastingPort } from './port.ts';
import { findPostgresql } from './find-postgresql.ts';
import { startPostgresql, type Database } from './postgresql.ts';
import { serverConfiguration, type ServerPorts } from './server-configuration.ts';
import { temporalServer, type ServerFiles } from './temporal-server.ts';

const NAMESPACE = 'sender-onboarding';
/** Long, because a busy machine is slow. */
const LISTENS_WITHIN_MS = 180_000;
const run = promisify(execFile);

export interface ProductionTemporal extends TemporalAt {
  readonly postgresql: Kept;
  /** Creates another namespace, with the search attributes. */
  readonly addNamespace: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Parts {
  readonly files: ServerFiles;
  /** The folder of PostgreSQL's programs. */
  readonly postgresql: string;
}

/**
 * Finds PostgreSQL and Temporal's server. The first time on a machine they are installed and built, which
 * takes minutes.
 *
 * @throws CannotRunError if one of them cannot be found, installed or built
 */
export async function getProductionTemporal(progress: (line: string) => void): Promise<Parts> {
  return { postgresql: await findPostgresql(progress), files: await temporalServer(progress) };
}

/** @throws CannotRunError like `getProductionTemporal` */
export async function startProductionTemporal(
  settings: DrillSettings,
): Promise<ProductionTemporal> {
  const { progress } = settings;
  const { files, postgresql } = await getProductionTemporal(progress);
  const { path: folder, remove } = await temporaryFolder('drill-postgresql');
  // PostgreSQL runs in this folder as another user.
  await chmod(folder, 0o755);
  const closing: (() => Promise<void>)[] = [remove];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    const database = await startPostgresql(postgresql, folder);
    closing.push(database.server.stop);
    progress('setting up the schema');
    await runScript('set-up-schema.sh', {
      PATH: [files.folder, process.env['PATH']].join(delimiter),
      SCHEMAS: files.schemas,
      ...sqlOf(database),
    });
    const ports = await freePorts();
    await writeConfiguration(folder, ports, database);
    const server = keepRunning({
      command: join(files.folder, 'temporal-server'),
      args: ['--root', folder, '--config', 'config', '--env', 'drill', '--allow-no-auth', 'start'],
      env: { PATH: process.env['PATH'] ?? '' },
      logFile: join(folder, 'temporal.log'),
    });
    closing.push(server.stop);
    const address = `127.0.0.1:${ports.frontend.grpc}`;
    await until('Temporal listens', LISTENS_WITHIN_MS, () => listens(ports.frontend.grpc));
    progress('setting up the namespace');
    const cli = await withTemporalCli(folder, progress);
    const addNamespace = (name: string): Promise<void> =>
      runScript('set-up-namespace.sh', {
        PATH: [cli, process.env['PATH']].join(delimiter),
        // The tool reads its configuration from HOME; this folder has none.
        HOME: folder,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: name,
      });
    await addNamespace(NAMESPACE);
    return { address, namespace: NAMESPACE, postgresql: database.server, addNamespace, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function runScript(name: string, env: Readonly<Record<string, string>>): Promise<void> {
  const script = fileURLToPath(new URL(`../../deploy/temporal/${name}`, import.meta.url));
  await run('sh', [script], { env: { ...env } });
}

function sqlOf({ port, user }: Database): Readonly<Record<string, string>> {
  return {
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: '127.0.0.1',
    SQL_PORT: String(port),
    SQL_USER: user,
    // PostgreSQL does not check it, but the tool requires one.
    SQL_PASSWORD: user,
  };
}

async function freePorts(): Promise<ServerPorts> {
  const pair = async () => ({ grpc: await lastingPort(), membership: await lastingPort() });
  return {
    frontend: await pair(),
    history: await pair(),
    matching: await pair(),
    worker: await pair(),
  };
}

async function writeConfiguration(
  folder: string,
  ports: ServerPorts,
  database: Database,
): Promise<void> {
  const dynamic = fileURLToPath(
    new URL('../../deploy/temporal/dynamicconfig.yaml', import.meta.url),
  );
  await mkdir(join(folder, 'config'));
  const written = serverConfiguration(ports, database, dynamic);
  // JSON is YAML.
  await writeFile(join(folder, 'config/drill.yaml'), JSON.stringify(written, null, 2));
}

/** A folder with Temporal's command line under the name that the scripts use. */
async function withTemporalCli(folder: string, progress: (line: string) => void): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await symlink(await findTemporalCli(progress), join(bin, 'temporal'));
  return bin;
}
