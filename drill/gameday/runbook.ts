/** The sections of docs/runbooks/alerts.md. */
import { readFile } from 'node:fs/promises';

const PAGE = new URL('../../docs/runbooks/alerts.md', import.meta.url);

/** The text below the alert's heading. */
export async function sectionOf(alert: string): Promise<string> {
  const page = await readFile(PAGE, 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith(`${alert}\n`));
  if (section === undefined) throw new Error(`docs/runbooks/alerts.md has no section ${alert}`);
  return section.slice(alert.length).trim();
}
