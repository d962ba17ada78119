/** The game day: troubles on the topology of production, each until its alert has fired, was acted upon, and ended. */
import { findPrometheus } from '../../devserver/prometheus.ts';
import { here } from '../processes/here.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../folder.ts';
import { buildPackage } from '../processes/built.ts';
import {
  getProductionTemporal,
  startProductionTemporal,
} from '../processes/production-temporal.ts';
import type { Played, Row } from './incident.ts';
import type { Episodes } from './episodes.ts';
import { fullReport, rowsTable } from './report.ts';
import { REAL, SHORT } from './scale.ts';
import type { GameDay } from './stack.ts';
import { ar24 } from './stacks/ar24.ts';
import { broken } from './stacks/broken.ts';
import { gateway } from './stacks/gateway.ts';
import { givenUp } from './stacks/given-up.ts';
import { maintenance } from './stacks/maintenance.ts';
import { rate } from './stacks/rate.ts';
import { receiver } from './stacks/receiver.ts';
import { slowWorker } from './stacks/slow-worker.ts';
import { temporalAway } from './stacks/temporal-away.ts';
import { versions } from './stacks/versions.ts';
import { waiting } from './stacks/waiting.ts';
import { worker } from './stacks/worker.ts';

/** By name. Each has a namespace, processes and a Prometheus of its own, so that none disturbs the alerts of another. */
const STACKS = {
  waiting,
  maintenance,
  receiver,
  gateway,
  worker,
  ar24,
  rate,
  versions,
  broken,
  'given-up': givenUp,
  'slow-worker': slowWorker,
  'temporal-away': temporalAway,
};
export const STACK_NAMES: readonly string[] = Object.keys(STACKS);

export interface GameDayOptions {
  readonly short?: true;
  readonly only: readonly string[];
}

/** @returns whether all alerts fired and ended */
export async function gameDay(
  { short, only }: GameDayOptions,
  progress: (line: string) => void,
): Promise<boolean> {
  const prometheus = await here(findPrometheus(progress));
  await getProductionTemporal(progress);
  const folder = await temporaryFolder('gameday');
  folder.keep();
  progress(`logs and the report are in ${folder.path}`);
  progress('building the package');
  const built = await buildPackage();
  const { onboard } = built;
  const temporal = await startProductionTemporal({ progress });
  try {
    const scale = short ? SHORT : REAL;
    const { path } = folder;
    const episodes = new Map<string, Episodes>();
    const game: GameDay = {
      temporal,
      onboard,
      prometheus,
      folder: path,
      scale,
      progress,
      episodes,
    };
    const chosen = Object.entries(STACKS).filter(
      ([name]) => only.length === 0 || only.includes(name),
    );
    const played: Played[] = [];
    const brokenOff: string[] = [];
    await Promise.all(
      chosen.map(async ([name, playStack]) => {
        try {
          played.push(...(await playStack(game)));
        } catch (error) {
          progress(`${name}: broke off: ${String(error)}`);
          brokenOff.push(name);
        }
      }),
    );
    const rows = played.flatMap((one) => one.rows);
    await writeFile(join(path, 'report.md'), fullReport(played, others(rows, episodes)));
    console.log(rowsTable(rows));
    return brokenOff.length === 0 && rows.every(({ fault }) => fault === undefined);
  } finally {
    await temporal.stop();
    await built.remove();
  }
}

/** Alerts that fired in a stack where no incident should have fired them. */
function others(rows: readonly Row[], episodes: ReadonlyMap<string, Episodes>): readonly string[] {
  return [...episodes].flatMap(([stack, { all }]) => {
    const meant = rows.filter((row) => row.stack === stack).map(({ alert }) => alert);
    return all
      .filter(({ alert, firingAt }) => firingAt !== undefined && !meant.includes(alert))
      .map(
        ({ alert, firingAt, endedAt }) =>
          `${stack}: ${alert}, from ${firingAt?.toISOString() ?? ''} to ${endedAt?.toISOString() ?? 'the end'}`,
      );
  });
}
