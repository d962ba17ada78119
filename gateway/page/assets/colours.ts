/** Darkens or lightens the partner's colour until text in it is readable (WCAG 2.2, 1.4.3). */
type Rgb = readonly [number, number, number];

const DEFAULT = '#1f4e79';
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** A little above the required 4.5, as colours are rounded. */
const READABLE = 4.6;
const STEPS = 40;

/** The backgrounds with the least contrast: the darkest light one, and the lightest dark one. */
const GROUNDS = { light: '#eef1f4', dark: '#222b33' } as const;

/** Custom properties for the style sheet. */
export function coloursOf(colour: string = DEFAULT): string {
  const brand = rgb(colour);
  const light = readableOn(brand, rgb(GROUNDS.light), BLACK);
  const dark = readableOn(brand, rgb(GROUNDS.dark), WHITE);
  return `
:root { --brand: ${hex(brand)}; --accent: ${hex(light)}; --on-accent: ${hex(textOn(light))}; }
@media (prefers-color-scheme: dark) {
  :root { --accent: ${hex(dark)}; --on-accent: ${hex(textOn(dark))}; }
}
`;
}

/** Black or white, whichever has more contrast. */
function textOn(ground: Rgb): Rgb {
  return contrast(BLACK, ground) > contrast(WHITE, ground) ? BLACK : WHITE;
}

/** Mixes with black or white until the contrast suffices. Black or white alone always suffices. */
function readableOn(colour: Rgb, ground: Rgb, towards: Rgb): Rgb {
  const mixed = Array.from({ length: STEPS + 1 }, (_, step) => mix(colour, towards, step / STEPS));
  return mixed.find((one) => contrast(one, ground) >= READABLE) ?? towards;
}

function mix([r, g, b]: Rgb, [x, y, z]: Rgb, share: number): Rgb {
  const between = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [between(r, x), between(g, y), between(b, z)];
}

export function contrast(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** @param colour `#rrggbb` */
export function rgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
