/** The partner's colour, made readable. */
import { describe, expect, it } from '@jest/globals';
import { contrast, coloursOf, rgb } from '../../../gateway/page/assets/colours.ts';

describe("the partner's colour", () => {
  it.each(['#ffff00', '#000000', '#ffffff', '#ff0000', '#7dd3fc', '#1d4ed8'])(
    'is readable as text and on buttons, light and dark: %s',
    (colour) => {
      const found = [...coloursOf(colour).matchAll(/--accent: (#\w+); --on-accent: (#\w+)/g)];
      const grounds = [
        ['#eef1f4', '#ffffff'],
        ['#12181d', '#1b232a', '#222b33'],
      ];
      expect(found).toHaveLength(2);
      found.forEach(([, accent = '', onAccent = ''], scheme) => {
        const against = [onAccent, ...(grounds[scheme] ?? [])];
        for (const ground of against) {
          expect([ground, contrast(rgb(accent), rgb(ground)) >= 4.5]).toEqual([ground, true]);
        }
      });
    },
  );
});
