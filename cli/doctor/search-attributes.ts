import type { Client } from '@temporalio/client';
import {
  findSearchAttributeFaults,
  searchAttributeCommands,
  type SearchAttribute,
} from '../../worker/index.ts';
import { fullWords, waysOut } from '../worker/namespace.ts';
import { failed, ok, type Finding } from './finding.ts';

export async function checkSearchAttributes(temporal: Client): Promise<Finding> {
  const { namespace } = temporal.options;
  const { missing, mistyped, full } = await findSearchAttributeFaults(
    temporal.connection,
    namespace,
  );
  if (mistyped.length > 0) {
    return failed(
      `${names(mistyped)}: registered with another type than ours`,
      'Use a namespace of its own, or remove and register them again:',
      ...mistyped.map(
        ({ name }) =>
          `temporal operator search-attribute remove --namespace ${namespace} --name ${name}`,
      ),
      ...searchAttributeCommands([...mistyped, ...missing], namespace),
    );
  }
  if (full.length > 0) {
    return failed(
      `missing: ${names(missing)}, and there is no room: ${full.map(fullWords).join('; ')}`,
      ...waysOut(full, namespace),
      'Then `onboard worker` registers ours. A server that is configured for more of them accepts ours as it is.',
    );
  }
  if (missing.length > 0) {
    return failed(
      `missing: ${names(missing)}; onboardings stop at their first step`,
      '`onboard worker` registers them if its credentials permit it. Otherwise:',
      ...searchAttributeCommands(missing, namespace),
    );
  }
  return ok('all are registered');
}

function names(attributes: readonly SearchAttribute[]): string {
  return attributes.map(({ name }) => name).join(', ');
}
