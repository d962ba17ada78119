import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where fetched and built binaries are kept: `$XDG_CACHE_HOME/sender-onboarding`, else
 * `~/.cache/sender-onboarding`. A relative XDG_CACHE_HOME is ignored, as its specification wants.
 */
export function cacheFolder(): string {
  const xdg = process.env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'sender-onboarding');
}
