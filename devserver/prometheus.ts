import { byDebianPackages } from './debian-packages.ts';
import { byEnvironment, findInOrder, onPath } from './find-in-order.ts';
import type { ReportLine } from './run-with-progress.ts';

/**
 * The path of Prometheus, which scrapes the processes that tests and drills start: from PROMETHEUS_PATH, PATH, or the
 * Debian package, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findPrometheus(report: ReportLine): Promise<string> {
  return find('prometheus', 'PROMETHEUS_PATH', 'Prometheus', report);
}

/**
 * The path of Prometheus' promtool, which tests alerts and checks configurations: from PROMTOOL_PATH, PATH, or the
 * Debian package, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findPromtool(report: ReportLine): Promise<string> {
  return find('promtool', 'PROMTOOL_PATH', 'promtool, which is part of Prometheus', report);
}

function find(
  binary: string,
  variable: string,
  described: string,
  report: ReportLine,
): Promise<string> {
  return findInOrder(
    {
      binary,
      ways: [
        byEnvironment(variable, described),
        {
          what: 'PATH',
          remedy: `Install Prometheus, so that PATH has ${binary}.`,
          attempt: onPath(binary),
        },
        byDebianPackages(binary, ['prometheus'], onPath(binary)),
      ],
    },
    report,
  );
}
