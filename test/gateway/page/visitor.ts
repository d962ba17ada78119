/** A person on the page in a browser: with a finger, a mouse, or the keyboard alone. */
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Language, Status } from '../../../client/index.ts';
import { WORDS } from '../../../gateway/page/words/index.ts';
import type { PageWords } from '../../../gateway/page/words/page-words.ts';
import { DESK, expectAccessible, PHONE } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';

export interface Way {
  readonly language: Language;
  readonly hand: 'finger' | 'mouse' | 'keyboard';
  readonly options: BrowserContextOptions;
}

const NO_JAVASCRIPT = { javaScriptEnabled: false } as const;

/** Each language, each device, and each of both with and without JavaScript; then the keyboard alone. */
export const WAYS: readonly (readonly [string, Way])[] = [
  ['in French on a phone', { language: 'fr', hand: 'finger', options: PHONE }],
  [
    'in French on a desktop without JavaScript',
    { language: 'fr', hand: 'mouse', options: { ...DESK, ...NO_JAVASCRIPT } },
  ],
  [
    'in English on a phone without JavaScript',
    { language: 'en', hand: 'finger', options: { ...PHONE, ...NO_JAVASCRIPT } },
  ],
  ['in English on a desktop', { language: 'en', hand: 'mouse', options: DESK }],
  ['in French by keyboard alone', { language: 'fr', hand: 'keyboard', options: DESK }],
];

const MOST_TABS = 60;
/** Longer than a button waits for a change. */
const A_MOMENT_MS = 4_000;

export class Visitor {
  readonly page: Page;
  readonly words: PageWords;
  readonly #way: Way;
  readonly #partner: string;

  constructor(page: Page, way: Way, partner: string) {
    this.page = page;
    this.words = WORDS[way.language];
    this.#way = way;
    this.#partner = partner;
  }

  /** Waits for the page of this status. Without JavaScript, the person loads it again until then. */
  async reaches(status: Status): Promise<void> {
    const title = this.words.status[status].title({ partner: this.#partner, email: '' });
    const heading = this.page.getByRole('heading', { level: 1, name: title });
    if (this.#way.options.javaScriptEnabled === false) await this.#reloadsUntil(heading);
    await heading.waitFor();
    await this.#expectAccessible(`${status} ${this.#way.language}`);
  }

  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
    await this.#expectAccessible(String(text));
  }

  /** A button, a link, or details to open. */
  async press(name: string): Promise<void> {
    const exact = { name, exact: true } as const;
    const target = this.page
      .getByRole('button', exact)
      .or(this.page.getByRole('link', exact))
      .or(this.page.locator('summary').filter({ hasText: name }))
      .first();
    await target.waitFor();
    if (this.#way.hand === 'finger') return target.tap();
    if (this.#way.hand === 'mouse') return target.click();
    await this.#tabTo(target);
    return this.page.keyboard.press('Enter');
  }

  async type(id: string, text: string): Promise<void> {
    const field = this.page.locator(`#${id}`);
    if (this.#way.hand !== 'keyboard') return field.fill(text);
    await this.#tabTo(field);
    await this.page.keyboard.press('Control+A');
    return this.page.keyboard.type(text);
  }

  /** One of several options. @param place from 0 */
  async choose(field: string, place: number): Promise<void> {
    if (this.#way.hand !== 'keyboard') return this.page.locator(`#f-${field}-${place}`).check();
    await this.#tabTo(this.page.locator(`#f-${field}-0`));
    await this.page.keyboard.press('Space');
    for (let presses = 0; presses < place; presses++) await this.page.keyboard.press('ArrowDown');
  }

  async select(field: string, label: string): Promise<void> {
    const list = this.page.locator(`#f-${field}`);
    if (this.#way.hand !== 'keyboard') {
      await list.selectOption({ label });
      return;
    }
    await this.#tabTo(list);
    await this.page.keyboard.type(label);
  }

  async #reloadsUntil(heading: Locator): Promise<void> {
    await eventually(
      'the page shows it',
      async () => {
        const shown = await heading.waitFor({ timeout: A_MOMENT_MS }).catch(() => 'not yet');
        // A button pressed before may lead to the page just now.
        if (shown === 'not yet') await this.page.reload().catch(() => null);
        return shown;
      },
      (shown) => shown !== 'not yet',
    );
  }

  /** With a finger or a mouse: the page is the same by keyboard, and without JavaScript. */
  async #expectAccessible(what: string): Promise<void> {
    const { hand, options } = this.#way;
    if (hand !== 'keyboard' && options.javaScriptEnabled !== false) {
      await expectAccessible(this.page, what);
    }
  }

  async #tabTo(target: Locator): Promise<void> {
    const focused = this.page.locator(':focus');
    for (let presses = 0; presses < MOST_TABS; presses++) {
      if ((await target.and(focused).count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('the keyboard does not reach it');
  }
}
