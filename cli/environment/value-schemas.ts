/** Schemas of values in the environment. An empty value counts as not set. */
import { z } from 'zod';

const WHOLE = /^\d{1,9}$/;

export const words = z.string().trim().min(1, 'is empty');

export const oneWord = words.regex(/^\S+$/, 'contains a space or a line break');

export function whole(least: number, most: number) {
  return z
    .string()
    .trim()
    .regex(WHOLE, `a whole number from ${least} to ${most} is expected`)
    .transform(Number)
    .pipe(z.number().min(least, `${least} is the least`).max(most, `${most} is the most`));
}

/** A number above 0, such as 0.5. */
export const positive = z
  .string()
  .trim()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'a number above 0 is expected, such as 10 or 0.5')
  .transform(Number)
  .refine((value) => value > 0, 'a number above 0 is expected');

/** The number of one and of all, such as `2/3`. */
export const share = z
  .string()
  .trim()
  .regex(/^\d{1,2}\/\d{1,2}$/, 'a number and a total are expected, such as 1/1 or 2/3')
  .transform((written) => {
    const [number = 0, of = 0] = written.split('/').map(Number);
    return { number, of };
  })
  .refine(
    ({ number, of }) => number >= 1 && number <= of && of <= 60,
    'a number and a total of at most 60 are expected, such as 1/1 or 2/3',
  );

export const yesOrNo = z
  .string()
  .trim()
  .pipe(z.enum(['0', '1'], '0 or 1 is expected'))
  .transform((value) => value === '1');

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .string()
    .trim()
    .pipe(z.enum(values, `${values.join(' or ')} is expected`));
}

/** A host by its number, and a port. */
export const listenAddress = words
  .regex(/^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/i, 'IP:PORT is expected')
  .transform((written) => {
    const at = written.lastIndexOf(':');
    const host = written.slice(0, at).replace(/^\[|\]$/g, '');
    return { host, port: Number(written.slice(at + 1)) };
  });

/** With commas between, or a line each: a file is easier to read so. */
export const list = words.transform((value) =>
  value
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== ''),
);

export const days = list.pipe(
  z
    .array(
      z
        .string()
        .regex(/^\d{1,3}(\.\d{1,3})?$/, 'days are expected, such as 2,5,10,20')
        .transform(Number),
    )
    .refine(
      (all) => all.every((day, index) => day > (all[index - 1] ?? 0)),
      'the days must rise, from above 0',
    ),
);

export const hours = z
  .string()
  .trim()
  .regex(/^\d{1,2}-\d{1,2}$/, 'hours are expected, such as 9-19')
  .transform((value) => {
    const [from = 0, to = 0] = value.split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from < to && to <= 24, 'hours from 0 to 24 are expected, such as 9-19');

/** Ids of patches in the workflow's code. Unknown ids are accepted: an older build knows fewer of them. */
export const patches = list
  .pipe(z.array(z.string().regex(/^[\w.-]{1,100}$/, 'ids of patches are expected, all or none')))
  .transform((ids, context) => {
    const word = (['all', 'none'] as const).find((one) => ids.includes(one));
    if (word === undefined) return ids;
    if (ids.length > 1) context.addIssue(`${word} allows no other id`);
    return word;
  });

export const port = whole(0, 65_535);

export const httpAddress = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https?$/, error: 'an http or https address is expected' }));

export const httpsAddress = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https$/, error: 'an https address is expected' }));

/** A value with a parser of its own, whose errors hold no secret. */
export function parsedBy<T>(parse: (written: string) => T) {
  return words.transform((written, context): T => {
    try {
      return parse(written);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  });
}
