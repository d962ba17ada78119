/** The licences that packages in production may have (docs/licences.md). */

/** By SPDX expression, each with the reason. */
export const ALLOWED_LICENCES: ReadonlyMap<string, string> = new Map([
  ['MIT', 'permissive'],
  ['ISC', 'permissive'],
  ['0BSD', 'permissive, without conditions'],
  ['BSD-2-Clause', 'permissive'],
  ['BSD-3-Clause', 'permissive'],
  ['Apache-2.0', 'permissive, with a grant of patents; the licence of this project'],
  ['BlueOak-1.0.0', 'permissive'],
  ['Unlicense', 'given to the public domain'],
  ['CC-BY-4.0', 'data, not code: its author has to be named'],
  ['Apache-2.0 AND MIT', 'both permissive'],
  ['(MIT OR CC0-1.0)', 'either is permissive'],
]);

/** Packages that declare no licence, with the licence found in them, and its place. */
export const LICENCES_BY_HAND: ReadonlyMap<string, { licence: string; where: string }> = new Map([
  ['unionfs', { licence: 'Unlicense', where: 'its LICENSE file' }],
]);
