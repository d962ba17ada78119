import { findOnPath } from './executable.ts';
import { installDebianPackages } from './debian-packages.ts';
import {
  findInOrder,
  found,
  namedByEnvironment,
  notHere,
  type SearchResult,
} from './find-in-order.ts';
import type { ReportLine } from './run-with-progress.ts';

const VARIABLE = 'PROMTOOL_PATH';
const PACKAGE = 'prometheus';

/**
 * The path of Prometheus' promtool, which tests the alerts: from PROMTOOL_PATH, PATH, or the Debian package, in this
 * order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findPromtool(report: ReportLine): Promise<string> {
  return findInOrder(
    {
      binary: 'promtool',
      ways: [
        {
          what: VARIABLE,
          remedy: `Set ${VARIABLE} to the executable of promtool, which is part of Prometheus.`,
          attempt: () => namedByEnvironment(VARIABLE),
        },
        {
          what: 'PATH',
          remedy: 'Install Prometheus, so that PATH has promtool.',
          attempt: onPath,
        },
        {
          what: 'the Debian package',
          remedy: `Run \`npm run tools\` or \`apt-get install ${PACKAGE}\` as root.`,
          attempt: debianPackage,
        },
      ],
    },
    report,
  );
}

async function onPath(): Promise<SearchResult> {
  const promtool = await findOnPath('promtool');
  return promtool === undefined ? notHere('no promtool') : found(promtool);
}

async function debianPackage(report: ReportLine): Promise<SearchResult> {
  const why = await installDebianPackages('promtool', [PACKAGE], report);
  return why === undefined ? onPath() : notHere(why);
}
