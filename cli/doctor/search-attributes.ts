import type { Client } from '@temporalio/client';
import {
  findSearchAttributeFaults,
  searchAttributeCommands,
  type SearchAttribute,
} from '../../worker/index.ts';
import { failed, ok, type Finding } from './finding.ts';

export async function checkSearchAttributes(temporal: Client): Promise<Finding> {
  const { namespace } = temporal.options;
  const { missing, mistyped } = await findSearchAttributeFaults(temporal.connection, namespace);
  if (mistyped.length > 0) {
    return failed(
      `${names(mistyped)}: registered with another type than ours`,
      'Use a namespace of its own, or have them removed and registered anew:',
      ...mistyped.map(
        ({ name }) =>
          `temporal operator search-attribute remove --namespace ${namespace} --name ${name}`,
      ),
      ...searchAttributeCommands([...mistyped, ...missing], namespace),
    );
  }
  if (missing.length > 0) {
    return failed(
      `missing: ${names(missing)}; onboardings stop at their first step`,
      '`onboard worker` registers them where it may. Where it may not:',
      ...searchAttributeCommands(missing, namespace),
    );
  }
  return ok('all are registered');
}

function names(attributes: readonly SearchAttribute[]): string {
  return attributes.map(({ name }) => name).join(', ');
}
