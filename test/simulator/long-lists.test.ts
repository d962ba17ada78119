/** Pages of long lists stay readable and quick to load. */
import { describe, expect, it } from '@jest/globals';
import { NEW_USER, useStage } from './stage.ts';

const on = useStage();

/** Two mails each, and with them an account. */
async function create(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await on.client.post('user', { ...NEW_USER, email: `n${n}@example.org` });
  }
}

async function loadPage(path: string) {
  const text = await (await fetch(new URL(path, on.simulator.url))).text();
  const addresses = [...text.matchAll(/<strong>(n\d+)@/g)].map(([, name]) => name ?? '');
  const turn = (id: string): string | undefined =>
    new RegExp(`id="${id}"[^>]* href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&');
  return { text, addresses, newer: turn('newer'), older: turn('older') };
}

describe.each([
  ['/', 2, 'messages'],
  ['/accounts', 1, 'accounts'],
])('%s', (path, each, what) => {
  it('of no more than 50 is one page', async () => {
    await create(50 / each);
    const { addresses, newer, older } = await loadPage(`${path}?lang=en`);
    expect(addresses).toHaveLength(50);
    expect([newer, older]).toEqual([undefined, undefined]);
  });

  it('of more has links to older and newer pages, and omits nothing', async () => {
    await create(60);
    const seen: string[] = [];
    let at: string | undefined = `${path}?lang=en`;
    let pages = 0;
    let last = await loadPage(at);
    for (; at !== undefined; at = last.older) {
      last = await loadPage(at);
      expect(last.text).toContain(`${60 * each} ${what}<`);
      expect(last.addresses.length).toBeLessThanOrEqual(50);
      seen.push(...last.addresses);
      pages += 1;
    }
    expect(pages).toBe(Math.ceil((60 * each) / 50));
    const newestFirst = Array.from({ length: 60 }, (_, n) => `n${59 - n}`);
    expect(seen).toEqual(newestFirst.flatMap((name) => Array<string>(each).fill(name)));
    for (let back = last.newer; back !== undefined; back = last.newer) last = await loadPage(back);
    expect(last.addresses[0]).toBe('n59');
  });

  it.each(['0', '-1', '99', '1e9', 'two', '9'.repeat(400)])(
    'asked for page %s shows one that is there',
    async (page) => {
      await create(1);
      expect((await loadPage(`${path}?page=${page}`)).addresses).toContain('n0');
    },
  );
});

it('the list of addresses has those with the newest mails, and the chosen one', async () => {
  await create(203);
  const { text } = await loadPage('/?to=n0@example.org');
  const options = [...text.matchAll(/<option value="(n\d+)@/g)].map(([, name]) => name);
  expect(options).toHaveLength(201);
  expect(options).toEqual(expect.arrayContaining(['n202', 'n3', 'n0']));
  expect(options).not.toContain('n1');
});
