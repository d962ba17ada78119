import { Eta } from 'eta';
import { ABOUT, FAULT, FIELD, FORM } from './form.ts';
import { LAYOUT } from './layout.ts';
import { NOTICE, UNDELIVERED } from './notice.ts';
import { PAGE } from './page.ts';
import { STATUS } from './status.ts';
import { STEPS } from './steps.ts';

const TEMPLATES = {
  '@layout': LAYOUT,
  '@page': PAGE,
  '@status': STATUS,
  '@steps': STEPS,
  '@form': FORM,
  '@field': FIELD,
  '@about': ABOUT,
  '@fault': FAULT,
  '@notice': NOTICE,
  '@undelivered': UNDELIVERED,
} as const;

const eta = new Eta({ autoEscape: true });
for (const [name, template] of Object.entries(TEMPLATES)) eta.loadTemplate(name, template);

/** Everything in `data` is escaped, but what was rendered here before. */
export function render(
  template: '@page' | '@status' | '@steps' | '@form' | '@notice' | '@undelivered',
  data: object,
): string {
  return eta.render(template, data);
}
