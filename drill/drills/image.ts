import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseImage } from '../containers/base-image.ts';
import { containersIn, podsAt } from '../containers/casts.ts';
import { openPlace, type Place } from '../containers/place.ts';
import { findPodman, openPodman, type Podman } from '../containers/podman.ts';
import { runIn, type Cast } from '../containers/run-in.ts';
import type { Drill, DrillSettings } from '../drill.ts';
import { temporaryFolder } from '../folder.ts';
import { findHelm } from '../../devserver/deploy-tools.ts';
import type { DrillVerdict } from '../verdict/verdict.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const IMAGE = 'localhost/sender-onboarding:drill';
const LARGEST_MB = 450;

export const image: Drill = {
  name: 'image',
  summary:
    'the image is built; its parts run as containers of docker-compose.yml and as pods of the chart',
  isLong: true,
  async prepare({ progress }) {
    await findPodman(progress);
    await findHelm(progress);
  },
  async run(settings) {
    const folder = await temporaryFolder('drill-image');
    const podman = await openPodman(folder, settings.progress);
    try {
      const sizes = await build(podman, folder.path, settings);
      const runAs = async (cast: (place: Place) => Cast | Promise<Cast>): Promise<DrillVerdict> => {
        const files = await temporaryFolder('drill-image');
        const place = await openPlace({ podman, image: IMAGE, folder: files.path }, settings);
        try {
          return await runIn(await cast(place));
        } finally {
          podman.removeContainers();
          await place.close();
          await files.remove();
        }
      };
      return together(await runAs(containersIn), await runAs(podsAt), sizes);
    } finally {
      podman.remove();
      await folder.remove();
    }
  },
};

type Remarks = Pick<DrillVerdict, 'broken' | 'seen'>;

async function build(
  podman: Podman,
  folder: string,
  { progress }: DrillSettings,
): Promise<Remarks> {
  const dockerfile = await readFile(join(PROJECT, 'Dockerfile'), 'utf8');
  const base = await baseImage(podman, dockerfile, folder, progress);
  progress('building the image');
  const options = ['--pull=never', '--layers=false', '--network=host', '--format=docker'];
  await podman.run('build', ...options, '--tag', IMAGE, PROJECT);
  const [whole, below] = [await sizeOf(podman, IMAGE), await sizeOf(podman, base.name)];
  const made = base.isStandIn ? ', a stand-in made by mmdebstrap' : '';
  const sizes = `the image has ${whole} MB: ${whole - below} of ours, ${below} of its base${made}`;
  return whole > LARGEST_MB
    ? { broken: [`${sizes}; at most ${LARGEST_MB} are allowed`], seen: [] }
    : { broken: [], seen: [sizes] };
}

async function sizeOf(podman: Podman, name: string): Promise<number> {
  return Math.round(
    Number(await podman.run('image', 'inspect', name, '--format', '{{.Size}}')) / 1e6,
  );
}

function together(one: DrillVerdict, other: DrillVerdict, sizes: Remarks): DrillVerdict {
  const all = [one, other];
  const sumOf = (numberIn: (verdict: DrillVerdict) => number): number =>
    all.reduce((sum, verdict) => sum + numberIn(verdict), 0);
  return {
    onboardings: sumOf(({ onboardings }) => onboardings),
    harm: all.map(({ harm }) => harm).join('; '),
    lost: all.flatMap(({ lost }) => lost),
    doubled: all.flatMap(({ doubled }) => doubled),
    stuck: all.flatMap(({ stuck }) => stuck),
    overMailed: all.flatMap(({ overMailed }) => overMailed),
    mails: {
      sent: sumOf(({ mails }) => mails.sent),
      needed: sumOf(({ mails }) => mails.needed),
      unconfirmed: sumOf(({ mails }) => mails.unconfirmed),
    },
    backlogS: sumOf(({ backlogS }) => backlogS),
    broken: [...sizes.broken, ...all.flatMap(({ broken }) => broken)],
    seen: [...sizes.seen, ...all.flatMap(({ seen }) => seen)],
  };
}
