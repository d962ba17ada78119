import type { ConnectionLike } from '@temporalio/client';
import {
  registerSearchAttributes,
  searchAttributeCommands,
  type SearchAttribute,
} from '../../worker/index.ts';
import { CommandError } from '../failure.ts';

/**
 * Makes sure that the namespace has our search attributes, without which every onboarding would be
 * stuck at its first step.
 *
 * @param did told what was added, if anything
 * @throws CommandError with the commands for somebody who may what we may not; what gRPC throws
 */
export async function prepareNamespace(
  connection: ConnectionLike,
  namespace: string,
  did: (what: string) => void,
): Promise<void> {
  const registration = await registerSearchAttributes(connection, namespace);
  switch (registration.kind) {
    case 'complete':
      if (registration.registered.length > 0) {
        did(`added search attributes to ${namespace}: ${namesOf(registration.registered)}`);
      }
      return;
    case 'denied':
      throw new CommandError(
        [
          `namespace ${namespace} lacks search attributes, and we may not add them. Somebody who may:`,
          ...searchAttributeCommands(registration.missing, namespace),
        ].join('\n  '),
      );
    case 'mistyped':
      throw new CommandError(
        [
          `namespace ${namespace} has search attributes of our names, but of other types ` +
            `(${namesOf(registration.mistyped)}). Where nothing else needs them, replace them:`,
          ...registration.mistyped.map(
            ({ name }) =>
              `temporal operator search-attribute remove --namespace ${namespace} --name ${name}`,
          ),
          ...searchAttributeCommands(registration.mistyped, namespace),
        ].join('\n  '),
      );
  }
}

function namesOf(attributes: readonly SearchAttribute[]): string {
  return attributes.map(({ name }) => name).join(', ');
}
