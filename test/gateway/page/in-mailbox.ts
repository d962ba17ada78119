import type { Page } from 'playwright-core';

/** In the simulator's mailbox, in a tab of its own, as a person who reads their mail. */
export async function inMailbox(
  page: Page,
  simulator: { readonly url: string },
  email: string,
  buttons: readonly string[],
): Promise<void> {
  const tab = await page.context().newPage();
  for (const name of buttons) {
    await tab.goto(`${simulator.url}/?lang=en&to=${encodeURIComponent(email)}`);
    await tab.getByRole('button', { name, exact: true }).click();
    await tab.getByRole('heading', { name: 'Done', exact: true }).waitFor();
  }
  await tab.close();
}
