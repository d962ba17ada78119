import { Eta } from 'eta';
import { ACCOUNTS } from './accounts.ts';
import { LAYOUT } from './layout.ts';
import { LINK } from './link.ts';
import { MAILBOX } from './mailbox.ts';
import { TURN } from './turn.ts';

const eta = new Eta({ autoEscape: true });
eta.loadTemplate('@layout', LAYOUT);
eta.loadTemplate('@turn', TURN);
eta.loadTemplate('@mailbox', MAILBOX);
eta.loadTemplate('@link', LINK);
eta.loadTemplate('@accounts', ACCOUNTS);

/** A whole page. Everything in `data` is escaped. */
export function render(page: '@mailbox' | '@link' | '@accounts', data: object): string {
  return eta.render(page, data);
}
