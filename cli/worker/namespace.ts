import type { ConnectionLike } from '@temporalio/client';
import {
  registerSearchAttributes,
  searchAttributeCommands,
  type SearchAttribute,
  type FullType,
} from '../../worker/index.ts';
import { CommandError } from '../failure.ts';

/**
 * Registers our search attributes where they are missing: without them every onboarding is stuck at its first
 * step.
 *
 * @param changed is called with a description of the registration, if there was any
 * @throws CommandError with the commands for an operator who may register them; gRPC's errors
 */
export async function prepareNamespace(
  connection: ConnectionLike,
  namespace: string,
  changed: (change: string) => void,
): Promise<void> {
  const registration = await registerSearchAttributes(connection, namespace);
  switch (registration.kind) {
    case 'complete':
      if (registration.registered.length > 0) {
        changed(`added search attributes to ${namespace}: ${namesOf(registration.registered)}`);
      }
      return;
    case 'denied':
      throw new CommandError(
        [
          `namespace ${namespace} lacks search attributes, and we may not add them. Commands for an operator who may:`,
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
    case 'full':
      throw new CommandError(
        [
          `namespace ${namespace} has no room for our search attributes: ${registration.full.map(fullWords).join('; ')}.`,
          ...waysOut(registration.full, namespace),
        ].join('\n  '),
      );
  }
}

function namesOf(attributes: readonly SearchAttribute[]): string {
  return attributes.map(({ name }) => name).join(', ');
}

export function fullWords({ type, most, inUse, wanted }: FullType): string {
  const used =
    inUse.length === 0 ? '' : `, of which ${inUse.length} are in use (${inUse.join(', ')})`;
  return `it has ${most} places for search attributes of type ${type}${used}; needed: ${wanted.join(', ')}`;
}

export function waysOut(full: readonly FullType[], namespace: string): readonly string[] {
  return [
    'Use a namespace of its own (TEMPORAL_NAMESPACE), or remove attributes that are not needed there:',
    ...full.map(
      ({ type }) =>
        `temporal operator search-attribute remove --namespace ${namespace} --name NAME_OF_A_${type.toUpperCase()}`,
    ),
  ];
}
