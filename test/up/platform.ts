/** Another operating system, as far as the code that is asked can see. */
import { afterEach } from '@jest/globals';

const ours = process.platform;

afterEach(() => {
  usePlatform(ours);
});

export function usePlatform(platform: NodeJS.Platform): void {
  Object.defineProperty(process, 'platform', { value: platform, configurable: true });
}
