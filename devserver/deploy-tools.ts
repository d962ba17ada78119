/** Programs that check what is deployed: the chart, the Kubernetes objects that it renders, GitHub's workflows. */
import { byEnvironment, findInOrder } from './find-in-order.ts';
import { findGoCommand, type GoCommand } from './go-install.ts';
import { waysFromPypi, type PythonPackage } from './pypi.ts';
import type { ReportLine } from './run-with-progress.ts';

const HELM: GoCommand = { name: 'helm', module: 'helm.sh/helm/v3/cmd/helm', version: 'v3.20.2' };
const ACTIONLINT: GoCommand = {
  name: 'actionlint',
  module: 'github.com/rhysd/actionlint/cmd/actionlint',
  version: 'v1.7.12',
};
/** It contains the schemas of each version of Kubernetes, so that it needs no network. */
const KUBERNETES_VALIDATE: PythonPackage = {
  name: 'kubernetes-validate',
  version: '1.37.0',
  file: 'kubernetes-validate',
};

/** Helm, built with Go. @throws BinaryNotFoundError */
export function findHelm(report: ReportLine = () => undefined): Promise<string> {
  return findGoCommand('HELM_PATH', HELM, report);
}

/** actionlint, built with Go. @throws BinaryNotFoundError */
export function findActionlint(report: ReportLine = () => undefined): Promise<string> {
  return findGoCommand('ACTIONLINT_PATH', ACTIONLINT, report);
}

/** kubernetes-validate, from PyPI. @throws BinaryNotFoundError */
export function findKubernetesValidate(report: ReportLine = () => undefined): Promise<string> {
  const { name, version } = KUBERNETES_VALIDATE;
  const ways = [
    byEnvironment('KUBERNETES_VALIDATE_PATH', name),
    ...waysFromPypi(KUBERNETES_VALIDATE),
  ];
  return findInOrder({ binary: `${name} ${version}`, ways }, report);
}
