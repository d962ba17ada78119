/** Pretends to be another operating system. */
import { afterEach } from '@jest/globals';

const ours = process.platform;

afterEach(() => {
  usePlatform(ours);
});

export function usePlatform(platform: NodeJS.Platform): void {
  Object.defineProperty(process, 'platform', { value: platform, configurable: true });
}
