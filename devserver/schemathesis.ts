import { byEnvironment, findInOrder } from './find-in-order.ts';
import { waysFromPypi, type PythonPackage } from './pypi.ts';
import type { ReportLine } from './run-with-progress.ts';

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
      ways: [byEnvironment('SCHEMATHESIS_PATH', 'schemathesis (st)'), ...waysFromPypi(PACKAGE)],
    },
    report,
  );
}
