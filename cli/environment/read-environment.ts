import type { z } from 'zod';
import { EnvironmentError, type EnvironmentFault } from './environment-error.ts';
import type { Values, Variables } from './variable.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads variables of the environment.
 *
 * @throws EnvironmentError with all faults at once, without values
 */
export function readEnvironment<const V extends Variables>(
  variables: V,
  environment: Environment = process.env,
): Values<V> {
  const faults: EnvironmentFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const set = environment[name];
    const written = set === undefined || set.trim() === '' ? variable.default : set;
    if (written === null) {
      if (variable.required === true)
        faults.push({ name, message: `is not set: ${variable.meaning}` });
      continue;
    }
    const parsed = variable.schema.safeParse(written, { reportInput: false });
    if (parsed.success) values[name] = parsed.data;
    else faults.push({ name, message: messageOf(parsed.error) });
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  // The loop above has made a value of its schema's type for each variable that is set.
  return Object.freeze(values) as Values<V>;
}

/** Several items of a list may have the same fault: it is named once. */
function messageOf({ issues }: z.ZodError): string {
  return [...new Set(issues.map(({ message }) => message))].join('; ');
}

/** The same for a caller that collects faults: undefined where there are any, which are added to `faults`. */
export function readEnvironmentInto<const V extends Variables>(
  faults: EnvironmentFault[],
  variables: V,
  environment: Environment,
): Values<V> | undefined {
  return faultsInto(faults, () => readEnvironment(variables, environment));
}

/** What `make` returns; undefined where it throws an EnvironmentError, whose faults are added to `faults`. */
export function faultsInto<T>(faults: EnvironmentFault[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

/** Without empty variables, which count as not set. */
export function onlySet(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => (value?.trim() ?? '') !== ''),
  );
}
