import { byDebianPackages } from './debian-packages.ts';
import { findOnPath } from './executable.ts';
import { byEnvironment, findInOrder, found, notHere, type SearchResult } from './find-in-order.ts';
import type { ReportLine } from './run-with-progress.ts';

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
        byEnvironment('PROMTOOL_PATH', 'promtool, which is part of Prometheus'),
        {
          what: 'PATH',
          remedy: 'Install Prometheus, so that PATH has promtool.',
          attempt: onPath,
        },
        byDebianPackages('promtool', ['prometheus'], onPath),
      ],
    },
    report,
  );
}

async function onPath(): Promise<SearchResult> {
  const promtool = await findOnPath('promtool');
  return promtool === undefined ? notHere('no promtool') : found(promtool);
}
