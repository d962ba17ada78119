/** Temporal's production server, its SQL tool and schemas, built from source into the cache. */
import { cp, rename } from 'node:fs/promises';
import { join, dirname } from 'node:path';
import { z } from 'zod';
import { findOnPath } from '../../devserver/executable.ts';
import { inCache, installInCache, type CachedBinary } from '../../devserver/install-in-cache.ts';
import { runWithProgress } from '../../devserver/run-with-progress.ts';
import { CannotRunError } from '../drill.ts';

/** The same as in docker-compose.yml. */
export const SERVER_VERSION = 'v1.29.1';
/** The newest one that Go 1.26.8 builds. */
export const NEWEST_VERSION = 'v1.32.1';
const MODULE = 'go.temporal.io/server';
const FILE = 'temporal-server';
const TIME_LIMIT_MS = 30 * 60_000;
export interface ServerFiles {
  /** The folder of `temporal-server` and `temporal-sql-tool`. */
  readonly folder: string;
  readonly schemas: string;
}

/** Every drill with a real server is left out by its name. */
const INSTEAD = '`--without DRILL` leaves the drill out';

type Progress = (line: string) => void;

/** @throws CannotRunError if the server is not in the cache and cannot be built */
export async function temporalServer(
  progress: Progress,
  version: string = SERVER_VERSION,
): Promise<ServerFiles> {
  const server: CachedBinary = { folder: `temporal-server-${version}`, file: FILE };
  const cached = await inCache(server);
  const found = cached.kind === 'not-here' ? await build(server, version, progress) : cached;
  if (found.kind === 'not-here') {
    throw new CannotRunError(
      `Temporal's server ${version} could not be built: ${found.why}; ${INSTEAD}`,
    );
  }
  const folder = dirname(found.path);
  return { folder, schemas: join(folder, 'schema') };
}

async function build(server: CachedBinary, version: string, progress: Progress) {
  const go = await findOnPath('go');
  if (go === undefined)
    throw new CannotRunError(`Go builds Temporal's server, but PATH has no go; ${INSTEAD}`);
  return installInCache(server, progress, async (folder) => {
    progress(`building Temporal's server ${version} with Go, once on this machine`);
    const run = (args: readonly string[], doing: string) =>
      runWithProgress(
        {
          command: go,
          args,
          env: { GOBIN: folder, CGO_ENABLED: '0' },
          timeLimitMs: TIME_LIMIT_MS,
          doing,
        },
        progress,
      );
    for (const command of ['server', 'tools/sql']) {
      const target = `${MODULE}/cmd/${command}@${version}`;
      const built = await run(['install', '-ldflags=-s -w', target], `building ${target}`);
      if (built.kind === 'failed') return built.why;
    }
    const module = await run(
      ['mod', 'download', '-json', `${MODULE}@${version}`],
      'downloading the schemas',
    );
    if (module.kind === 'failed') return module.why;
    const { Dir: source } = z.object({ Dir: z.string() }).parse(JSON.parse(module.output));
    await cp(join(source, 'schema/postgresql/v12'), join(folder, 'schema'), { recursive: true });
    await rename(join(folder, 'sql'), join(folder, 'temporal-sql-tool'));
    await rename(join(folder, 'server'), join(folder, FILE));
    return undefined;
  });
}
