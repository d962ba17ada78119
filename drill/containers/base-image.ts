/** The image from which the Dockerfile starts: the official one, or where no registry can be reached, a stand-in. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { byDebianPackages } from '../../devserver/debian-packages.ts';
import { findInOrder, onPath, type Search } from '../../devserver/find-in-order.ts';
import { runWithProgress } from '../../devserver/run-with-progress.ts';
import { CannotRunError } from '../drill.ts';
import { here } from '../processes/here.ts';
import type { Podman } from './podman.ts';

export interface BaseImage {
  readonly name: string;
  readonly isStandIn: boolean;
}

const LIMIT_MS = 15 * 60_000;
/** What the official image leaves out of Debian, too. */
const NOT_IN_SLIM = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*'];
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * @param dockerfile its text; all its stages start from one image
 * @throws CannotRunError
 */
export async function baseImage(
  podman: Podman,
  dockerfile: string,
  folder: string,
  progress: (line: string) => void,
): Promise<BaseImage> {
  const [, tag = '', release = ''] = /^FROM (node:[\d.]+-([a-z]+)-slim)/m.exec(dockerfile) ?? [];
  const name = `docker.io/library/${tag}`;
  try {
    await podman.run('pull', '--quiet', name);
    return { name, isStandIn: false };
  } catch (error) {
    progress(`no official ${tag}: ${String(error).split('\n').at(-1) ?? ''}`);
    await makeStandIn(podman, { name, release, folder, progress });
    return { name, isStandIn: true };
  }
}

interface StandIn {
  readonly name: string;
  readonly release: string;
  readonly folder: string;
  readonly progress: (line: string) => void;
}

/** Debian by mmdebstrap, with Node from this project's dependencies and npm of this machine. */
async function makeStandIn(podman: Podman, { name, release, folder, progress }: StandIn) {
  const mmdebstrap = await findMmdebstrap(progress);
  const context = join(folder, 'stand-in');
  await mkdir(context);
  const debian = join(folder, 'debian.tar');
  const args = [
    '--variant=minbase',
    ...NOT_IN_SLIM.map((path) => `--dpkgopt=path-exclude=${path}`),
    // As in the official image: apt keeps no lists that it has parsed.
    '--aptopt=Dir::Cache::pkgcache ""',
    '--aptopt=Dir::Cache::srcpkgcache ""',
    ...[release, debian],
  ];
  const made = await runWithProgress(
    { command: mmdebstrap, args, timeLimitMs: LIMIT_MS, doing: 'making a stand-in for the image' },
    progress,
  );
  if (made.kind === 'failed') throw new CannotRunError(`no base image: ${made.why}`);
  await podman.run('import', '--quiet', debian, 'localhost/debian:stand-in');
  await rm(debian);
  const node = createRequire(import.meta.url).resolve('node/bin/node');
  await cp(node, join(context, 'node'));
  await cp(npmFolder(), join(context, 'npm'), { recursive: true, dereference: true });
  await mkdir(join(context, 'etc'));
  // In a network whose proxy has an authority of its own, npm has to know it.
  const authorities = process.env['NODE_EXTRA_CA_CERTS'];
  if (authorities !== undefined) await cp(authorities, join(context, 'etc', 'authorities.pem'));
  const npmrc = authorities === undefined ? '' : 'cafile=/usr/local/etc/authorities.pem\n';
  await writeFile(join(context, 'etc', 'npmrc'), npmrc);
  const lines = [
    'FROM localhost/debian:stand-in',
    `ENV PATH=${PATH}`,
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'COPY etc /usr/local/etc',
    'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\',
    '  && groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node',
  ];
  await writeFile(join(context, 'Containerfile'), `${lines.join('\n')}\n`);
  await podman.run('build', '--quiet', '--pull=never', '--squash-all', '--tag', name, context);
  await rm(context, { recursive: true });
}

function npmFolder(): string {
  const program = process.env['npm_execpath'];
  if (program === undefined) throw new CannotRunError('start the drill by `npm run drill`');
  return dirname(dirname(program));
}

function findMmdebstrap(progress: (line: string) => void): Promise<string> {
  const search: Search = {
    binary: 'The base image cannot be pulled, and mmdebstrap, which makes a stand-in for it,',
    ways: [
      {
        what: 'PATH',
        remedy: 'Connect this machine to Docker Hub.',
        attempt: onPath('mmdebstrap'),
      },
      byDebianPackages('mmdebstrap', ['mmdebstrap'], onPath('mmdebstrap')),
    ],
    instead: ['Leave the drill out by `--without image`.'],
  };
  return here(findInOrder(search, progress));
}
