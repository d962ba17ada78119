/** Before the first test of the project `browser`: finds Chromium, and all that `temporal` needs. */
import { findChromium } from '../devserver/chromium.ts';
import setUpTemporal from './global-temporal.ts';

export default async function setUpBrowser(): Promise<void> {
  await findChromium((line) => process.stderr.write(`${line}\n`));
  await setUpTemporal();
}
