/** `npm run dashboards`: writes the dashboards for Grafana. */
import { writeFile } from 'node:fs/promises';
import { DASHBOARDS } from './code/all.ts';

for (const [file, json] of DASHBOARDS) {
  await writeFile(new URL(`dashboards/${file}`, import.meta.url), json);
}
