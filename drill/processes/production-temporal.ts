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
import { SERVER_VERSION, temporalServer, type ServerFiles } from './temporal-server.ts';

const NAMESPACE = 'sender-onboarding';
/** Long, because a busy machine is slow. */
const LISTENS_WITHIN_MS = 180_000;
const run = promisify(execFile);

export interface ProductionTemporal extends TemporalAt {
  readonly postgresql: Kept;
  readonly database: Database;
  /**
   * As deploy/README.md says: stops the server, updates the schemas with the tool of the next version, and starts that
   * version on the same databases.
   *
   * @returns the seconds that the schemas of both databases took
   */
  readonly upgrade: (version: string) => Promise<number>;
  readonly server: Kept;
  /** Resolves when the server listens. */
  readonly listening: () => Promise<void>;
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
export async function getProductionTemporal(
  progress: (line: string) => void,
  version = SERVER_VERSION,
): Promise<Parts> {
  const postgresql = await findPostgresql(progress);
  return { postgresql, files: await temporalServer(progress, version) };
}

interface ProductionOptions {
  /** Of Temporal's server, as `v1.29.1`. */
  readonly version?: string;
  /** Settings of PostgreSQL, as in its configuration file. */
  readonly ofPostgresql?: Readonly<Record<string, string>>;
}

/** @throws CannotRunError like `getProductionTemporal` */
export async function startProductionTemporal(
  { progress }: Pick<DrillSettings, 'progress'>,
  { version, ofPostgresql = {} }: ProductionOptions = {},
): Promise<ProductionTemporal> {
  const { files, postgresql } = await getProductionTemporal(progress, version);
  const { path: folder, remove } = await temporaryFolder('drill-postgresql');
  // PostgreSQL runs in this folder as another user.
  await chmod(folder, 0o755);
  const closing: (() => Promise<void>)[] = [remove];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    const database = await startPostgresql(postgresql, folder, ofPostgresql);
    closing.push(database.server.stop);
    progress('setting up the schema');
    await updateSchemas(files, database);
    const ports = await freePorts();
    await writeConfiguration(folder, ports, database);
    const listening = () =>
      until('Temporal listens', LISTENS_WITHIN_MS, () => listens(ports.frontend.grpc));
    const started = async (of: ServerFiles): Promise<Kept> => {
      const kept = runServer(of, folder);
      await listening();
      return kept;
    };
    let server = await started(files);
    closing.push(() => server.stop());
    const address = `127.0.0.1:${ports.frontend.grpc}`;
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
    const upgrade = async (next: string): Promise<number> => {
      const newer = await temporalServer(progress, next);
      await server.stop();
      const begin = Date.now();
      await updateSchemas(newer, database);
      const tookS = (Date.now() - begin) / 1000;
      server = await started(newer);
      return tookS;
    };
    const place = { address, namespace: NAMESPACE };
    return {
      ...place,
      postgresql: database.server,
      database,
      get server() {
        return server;
      },
      listening,
      addNamespace,
      upgrade,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function runServer({ folder: programs }: ServerFiles, folder: string): Kept {
  return keepRunning({
    command: join(programs, 'temporal-server'),
    args: ['--root', folder, '--config', 'config', '--env', 'drill', '--allow-no-auth', 'start'],
    env: { PATH: process.env['PATH'] ?? '' },
    logFile: join(folder, 'temporal.log'),
  });
}

async function updateSchemas({ folder, schemas }: ServerFiles, database: Database): Promise<void> {
  await runScript('set-up-schema.sh', {
    PATH: [folder, process.env['PATH']].join(delimiter),
    SCHEMAS: schemas,
    ...sqlOf(database),
  });
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
