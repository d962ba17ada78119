/** Options of `start` that hold more than one thing. */
import { InvalidArgumentError } from 'commander';
import type { StartRequest } from '../../client/index.ts';
import { OPTIONAL_REQUIREMENTS, type OptionalRequirement } from '../../workflows/contract/index.ts';

/** @throws InvalidArgumentError, which commander tells */
export function parseRequirements(written: string): readonly OptionalRequirement[] {
  return written.split(',').map((one) => {
    const found = OPTIONAL_REQUIREMENTS.find((requirement) => requirement === one.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Known are ${OPTIONAL_REQUIREMENTS.join(', ')}.`);
  });
}

/** The moment is what follows the last @. Whether it is one, the client tells. */
export function parseEvidence(written: string): StartRequest['termsEvidence'] {
  const at = written.lastIndexOf('@');
  if (at < 0) {
    throw new InvalidArgumentError(
      'VERSION@TIME is expected, such as 2026-01@2026-05-04T09:30:00Z.',
    );
  }
  return { version: written.slice(0, at), acceptedAt: written.slice(at + 1) };
}
