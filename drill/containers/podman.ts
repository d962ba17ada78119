/** Podman, with a storage of its own: images and containers of this machine are neither used nor changed. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { byDebianPackages } from '../../devserver/debian-packages.ts';
import { findOnPath } from '../../devserver/executable.ts';
import { findInOrder, onPath, type Search } from '../../devserver/find-in-order.ts';
import { clearAtExit } from '../clear-at-exit.ts';
import type { Folder } from '../folder.ts';
import { here } from '../processes/here.ts';

export interface Podman {
  /** Runs a command of podman to its end; returns what it prints. @throws Error with what it printed as its message */
  run(...args: readonly string[]): Promise<string>;
  /** What a container printed, the log too. */
  logs(container: string): Promise<string>;
  /** Ends and removes all containers at once. */
  removeContainers(): void;
  /** Removes everything. */
  remove(): void;
}

const PACKAGES = ['podman', 'runc', 'catatonit', 'fuse-overlayfs'];
const MANY_BYTES = 64 * 1024 * 1024;

/**
 * @param folder holds the storage: up to 3 GB
 * @throws CannotRunError when podman cannot be found or installed
 */
export async function openPodman(
  folder: Folder,
  progress: (line: string) => void,
): Promise<Podman> {
  const command = await findPodman(progress);
  const settings = join(folder.path, 'containers.conf');
  await writeFile(settings, await settingsHere());
  const env = { ...process.env, CONTAINERS_CONF: settings };
  const storage = join(folder.path, 'storage');
  const run = join(folder.path, 'run');
  await mkdir(storage, { recursive: true });
  const common = ['--root', storage, '--runroot', run, '--storage-driver', 'overlay'];
  const runAll = (commands: readonly (readonly string[])[]): void => {
    for (const args of commands) spawnSync(command, [...common, ...args], { env });
  };
  const removeContainers = (): void => {
    runAll([
      ['pod', 'rm', '--all', '--force', '--time', '0'],
      ['rm', '--all', '--force', '--time', '0'],
      ['volume', 'rm', '--all', '--force'],
    ]);
  };
  const clear = (): void => {
    removeContainers();
    runAll([['rmi', '--all', '--force']]);
    // Without root, files in images belong to users who exist only within podman.
    if (process.getuid?.() === 0) {
      // Podman mounts the folder of layers on itself, and leaves it mounted.
      spawnSync('umount', [join(storage, 'overlay')]);
      rmSync(storage, { recursive: true, force: true });
    } else spawnSync(command, ['unshare', 'rm', '-rf', storage]);
  };
  const forget = clearAtExit(clear);
  return {
    async run(...args) {
      const options = { env, maxBuffer: MANY_BYTES };
      try {
        return (await promisify(execFile)(command, [...common, ...args], options)).stdout.trim();
      } catch (error) {
        throw new Error(`podman ${args[0] ?? ''}: ${endOf(error)}`, { cause: error });
      }
    },
    async logs(container) {
      const printed = await promisify(execFile)(command, [...common, 'logs', container], { env });
      return `${printed.stdout}${printed.stderr}`.trim();
    },
    removeContainers,
    remove() {
      clear();
      forget();
    },
  };
}

function endOf(error: unknown): string {
  const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
  const printed = `${stdout}\n${stderr}`.trim();
  return printed === '' ? String(error) : printed.split('\n').slice(-20).join('\n');
}

/** @throws CannotRunError */
export function findPodman(progress: (line: string) => void): Promise<string> {
  const search: Search = {
    binary: 'podman, which builds and runs containers,',
    ways: [
      {
        what: 'PATH',
        remedy: 'Install podman 4.3 or newer, so that PATH has it.',
        attempt: onPath('podman'),
      },
      byDebianPackages('podman', PACKAGES, onPath('podman')),
    ],
    instead: ['Leave the drill out by `--without image`.'],
  };
  return here(findInOrder(search, progress));
}

/** The settings of podman that some machines need. */
async function settingsHere(): Promise<string> {
  const runc = await findOnPath('runc');
  const engine = [
    // crun needs version 2 of control groups.
    ...(runc === undefined ? [] : ['runtime = "runc"']),
    // Podman's default asks systemd for control groups.
    ...(existsSync('/run/systemd/system') ? [] : ['cgroup_manager = "cgroupfs"']),
    'events_logger = "file"',
  ];
  // Enough here. Podman's default is to raise these limits, which not even root can do everywhere.
  const limits = '"nofile=1024:1024", "nproc=1024:1024"';
  return `[containers]\ndefault_ulimits = [${limits}]\n[engine]\n${engine.join('\n')}\n`;
}
