/** A running container, seen from outside and from within. */
import { z } from 'zod';
import type { Podman } from './podman.ts';

export interface Container {
  /** The service or the part that it is. */
  readonly name: string;
  /** Whether the health check, or the readiness probe, passes. */
  isReady(): Promise<boolean>;
  /** What it printed. */
  logs(): Promise<string>;
  /** What it may do that it should not, as sentences. */
  liberties(): Promise<readonly string[]>;
  /** Sends SIGTERM, and SIGKILL at the end of its grace period. */
  stop(): Promise<Stopped>;
}

export interface Stopped {
  /** 137 if it had to be killed. */
  readonly code: number;
  readonly tookMs: number;
}

const confinement = z.object({
  uid: z.number(),
  capabilities: z.string(),
  noNewPrivileges: z.string(),
  writing: z.string(),
});

/** Runs in the container. */
const LOOK = `
const fs = require('node:fs');
const status = fs.readFileSync('/proc/1/status', 'utf8');
const line = (name) => new RegExp('^' + name + ':\\\\s*(.*)$', 'm').exec(status)[1];
let writing = 'allowed';
try { fs.writeFileSync('/app/written', ''); } catch (error) { writing = error.code; }
console.log(JSON.stringify({ uid: Number(line('Uid').split('\\t')[0]), capabilities: line('CapBnd'), noNewPrivileges: line('NoNewPrivs'), writing }));
`;

/** @param container its name in podman */
export async function libertiesOf(podman: Podman, container: string): Promise<readonly string[]> {
  const seen = confinement.parse(
    JSON.parse(await podman.run('exec', container, 'node', '-e', LOOK)),
  );
  const { uid, capabilities, noNewPrivileges, writing } = seen;
  return [
    ...(uid === 1000 ? [] : [`runs as user ${uid}`]),
    ...(/^0+$/.test(capabilities) ? [] : [`has the capabilities ${capabilities}`]),
    ...(noNewPrivileges === '1' ? [] : ['may gain privileges']),
    ...(writing === 'EROFS' ? [] : [`writing to its image: ${writing}`]),
  ];
}

/** @param stop the command of podman that stops it */
export async function stopped(
  podman: Podman,
  container: string,
  stop: readonly string[],
): Promise<Stopped> {
  const begin = performance.now();
  await podman.run(...stop);
  const tookMs = Math.round(performance.now() - begin);
  const code = await podman.run('inspect', container, '--format', '{{.State.ExitCode}}');
  return { code: Number(code), tookMs };
}
