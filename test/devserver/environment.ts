import { afterEach } from '@jest/globals';

const before = new Map<string, string | undefined>();

afterEach(() => {
  for (const [name, value] of before) set(name, value);
  before.clear();
});

/** Sets variables of this process' environment for one test; undefined unsets. */
export function useEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!before.has(name)) before.set(name, process.env[name]);
    set(name, value);
  }
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
