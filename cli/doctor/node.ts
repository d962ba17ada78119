import { failed, ok, type Finding } from './finding.ts';

/** As in `package.json` (engines): from here on Node takes TypeScript as it is. */
const NEEDED = [22, 18] as const;

/** @param version such as `v24.21.0` */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) {
    return ok(`Node ${version}`);
  }
  return failed(
    `Node ${version} is too old: ${NEEDED.join('.')} or newer is needed`,
    'In a clone, run `npm ci` and use `npm start` or `npx onboard`: they bring Node 24 along.',
    'Elsewhere, install Node 24 from https://nodejs.org.',
  );
}
