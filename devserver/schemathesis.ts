import { findInOrder, namedByEnvironment } from './find-in-order.ts';
import { inCache } from './install-in-cache.ts';
import { cachedBinaryOf, fromPypi, fromPypiWithDebian, type PythonPackage } from './pypi.ts';
import type { ReportLine } from './run-with-progress.ts';

const VARIABLE = 'SCHEMATHESIS_PATH';
const VERSION = '4.32.5';
const PACKAGE: PythonPackage = { name: 'schemathesis', version: VERSION, file: 'st' };

/**
 * The path of schemathesis, which tests the API against its OpenAPI document: from SCHEMATHESIS_PATH, the
 * cache, or PyPI, in this order.
 *
 * @throws BinaryNotFoundError, also when the variable names something that cannot be run.
 */
export function findSchemathesis(report: ReportLine = () => undefined): Promise<string> {
  return findInOrder(
    {
      binary: `schemathesis ${VERSION}`,
      ways: [
        {
          what: VARIABLE,
          remedy: `Set ${VARIABLE} to the executable of schemathesis (st).`,
          attempt: () => namedByEnvironment(VARIABLE),
        },
        { what: 'the cache', attempt: () => inCache(cachedBinaryOf(PACKAGE)) },
        {
          what: 'PyPI',
          remedy:
            'Install Python 3.10 or newer with its venv module, and let this machine reach https://pypi.org.',
          attempt: (progress) => fromPypi(PACKAGE, progress),
        },
        {
          what: 'the Debian package of venv, and PyPI',
          remedy: 'Run `npm run tools` or `apt-get install python3-venv` as root.',
          attempt: (progress) => fromPypiWithDebian(PACKAGE, progress),
        },
      ],
    },
    report,
  );
}
