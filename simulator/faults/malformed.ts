import { MALFORMED_SHAPES, type MalformedShape } from '../settings/faults.ts';
import type { Body } from '../api/answer.ts';
import type { Random } from './seeded-random.ts';

/** An answer that cannot be read, made from the right one. */
export function malformed(body: Body, shape: MalformedShape | undefined, random: Random): Body {
  const { contentType, text } = body;
  const drawn = MALFORMED_SHAPES[Math.floor(random() * MALFORMED_SHAPES.length)];
  const chosen = shape ?? drawn ?? 'empty';
  switch (chosen) {
    case 'garbage-base64':
      return { contentType, text: garbage(random) };
    case 'truncated-base64':
      // What is in clear has no base64: cut all the same.
      return { contentType, text: text.slice(0, Math.floor(text.length / 2)) };
    case 'html':
      return { contentType: 'text/html; charset=utf-8', text: '<html><body>Error</body></html>' };
    case 'not-an-object':
      return { contentType, text: '["SUCCESS"]' };
    case 'truncated-json':
      return { contentType, text: '{"status":"SUCCESS","result":{"id":10' };
    case 'no-status':
      return { contentType, text: '{"result":{}}' };
    case 'empty':
      return { contentType, text: '' };
  }
}

/** Well-formed base64 of whole cipher blocks that no key opens. */
function garbage(random: Random): string {
  return Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256))).toString(
    'base64',
  );
}
