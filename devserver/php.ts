import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { byDebianPackages } from './debian-packages.ts';
import { findOnPath } from './executable.ts';
import { byEnvironment, findInOrder, found, notHere, type SearchResult } from './find-in-order.ts';
import type { ReportLine } from './run-with-progress.ts';

/**
 * The path of a PHP with its extension curl, which runs the examples in PHP: from PHP_PATH, PATH, or the Debian packages,
 * in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findPhp(report: ReportLine): Promise<string> {
  return findInOrder(
    {
      binary: 'PHP with its extension curl',
      ways: [
        byEnvironment('PHP_PATH', 'PHP 8.1 or newer, with its extension curl'),
        {
          what: 'PATH',
          remedy: 'Install PHP 8.1 or newer and its extension curl, so that PATH has it.',
          attempt: onPath,
        },
        byDebianPackages('PHP', ['php-cli', 'php-curl'], onPath),
      ],
    },
    report,
  );
}

async function onPath(): Promise<SearchResult> {
  const php = await findOnPath('php');
  if (php === undefined) return notHere('no php');
  const { stdout } = await promisify(execFile)(php, ['-m']);
  return /^curl$/m.test(stdout) ? found(php) : notHere(`${php} has no extension curl`);
}
