import { readFileSync } from 'node:fs';

/** `package.json` is one folder up in a clone, two in the built package. */
export function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { version: found } = JSON.parse(
        readFileSync(new URL(path, import.meta.url), 'utf8'),
      ) as { readonly version: string };
      return found;
    } catch {
      // Try the other one.
    }
  }
  return 'unknown';
}
