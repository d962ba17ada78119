/**
 * Loaded into a process before anything else (`node --import`): its clock goes by as much as a file says, in
 * milliseconds, and follows when that changes, as a clock does that is set. Only `Date` is shifted: by it
 * calls to AR24 are dated.
 */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 200;

const file = new URL(import.meta.url).searchParams.get('file') ?? '';
const RightDate = Date;
let offsetMs = readOffset(0);

function readOffset(before: number): number {
  try {
    const written = Number(readFileSync(file, 'utf8').trim());
    return Number.isFinite(written) ? written : before;
  } catch {
    return before;
  }
}

setInterval(() => {
  offsetMs = readOffset(offsetMs);
}, LOOK_EVERY_MS).unref();

const now = (): number => RightDate.now() + offsetMs;

globalThis.Date = new Proxy(RightDate, {
  apply: () => new RightDate(now()).toString(),
  construct: (target, given: unknown[], made) => {
    const date: unknown = Reflect.construct(target, given.length === 0 ? [now()] : given, made);
    return date instanceof RightDate ? date : new RightDate(now());
  },
  get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
});
