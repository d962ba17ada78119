/** Finding a Chromium for the browser tests. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { findChromium } from '../../devserver/chromium.ts';

const before = process.env['CHROMIUM_PATH'];

afterEach(() => {
  if (before === undefined) delete process.env['CHROMIUM_PATH'];
  else process.env['CHROMIUM_PATH'] = before;
});

describe('CHROMIUM_PATH', () => {
  it('has priority', async () => {
    process.env['CHROMIUM_PATH'] = process.execPath;
    expect(await findChromium()).toBe(process.execPath);
  });

  it('is an error if it names no executable', async () => {
    process.env['CHROMIUM_PATH'] = '/nowhere/chromium';
    await expect(findChromium()).rejects.toThrow(/CHROMIUM_PATH.*\/nowhere\/chromium/);
  });
});
