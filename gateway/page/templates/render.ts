import { Eta } from 'eta';
import { ADDRESS } from './address.ts';
import { ABOUT, FAULT, FIELD, FORM } from './form.ts';
import { LAYOUT, NOTICE, PAGE, REFUSAL, STATUS, STEPS, UNDELIVERED } from './page.ts';
import { MAILS } from './mails.ts';

const TEMPLATES = {
  '@layout': LAYOUT,
  '@page': PAGE,
  '@status': STATUS,
  '@mails': MAILS,
  '@steps': STEPS,
  '@address': ADDRESS,
  '@refusal': REFUSAL,
  '@form': FORM,
  '@field': FIELD,
  '@about': ABOUT,
  '@fault': FAULT,
  '@notice': NOTICE,
  '@undelivered': UNDELIVERED,
} as const;

const eta = new Eta({ autoEscape: true });
for (const [name, template] of Object.entries(TEMPLATES)) eta.loadTemplate(name, template);

/** Escapes everything in `data`, except parts that were rendered here. */
export function render(
  template:
    '@page' | '@status' | '@steps' | '@address' | '@form' | '@notice' | '@refusal' | '@undelivered',
  data: object,
): string {
  return eta.render(template, data);
}

/** Escaped, and without a line break in `e-mail`: narrow screens broke it at its hyphen. */
export function unbroken(text: string): string {
  const escaped = eta.config.escapeFunction(text);
  return escaped.replaceAll(/\be-mail\b/g, '<span class="unbroken">$&</span>');
}
