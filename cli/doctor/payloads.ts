import type { Client } from '@temporalio/client';
import { keysNeeded } from '../../client/keys-needed.ts';
import type { Encryption } from '../environment/encryption.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

/** Whether what Temporal keeps can be read with the keys that are here, and which of them must stay. */
export async function checkPayloads(temporal: Client, encryption: Encryption): Promise<Finding> {
  const needed = await keysNeeded(temporal);
  const here = encryption === 'plaintext' ? [] : encryption.map(({ id }) => id);
  const missing = [...needed.keys()].filter((id) => !here.includes(id));
  if (missing.length > 0) {
    return failed(
      `encrypted with a key that is not here: ${counted(missing, needed)}`,
      'Add it behind the others in ONBOARDING_ENCRYPTION_KEYS, for worker, gateway and commands: what ' +
        'needs it waits until then.',
    );
  }
  const [writing] = here;
  if (writing === undefined) {
    return warning(
      'nothing is encrypted: ONBOARDING_ALLOW_PLAINTEXT=1 says that whoever reads Temporal may read it',
    );
  }
  const free = here.filter((id) => id !== writing && !needed.has(id));
  const found = `written with ${writing}; open onboardings need ${
    needed.size === 0 ? 'none' : counted([...needed.keys()], needed)
  }`;
  return free.length === 0
    ? ok(found)
    : ok(`${found}; not needed any more: ${free.join(', ')} (see \`onboard key rotate\`)`);
}

function counted(ids: readonly string[], needed: ReadonlyMap<string, number>): string {
  return ids
    .toSorted()
    .map((id) => `${id} (${needed.get(id) ?? 0})`)
    .join(', ');
}
