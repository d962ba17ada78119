/**
 * Preloaded into a process (`node --import`): shifts its clock by the milliseconds in a file, and follows
 * changes of the file. Only `Date` is shifted, because `Date` dates the calls to AR24.
 */
import { readFileSync } from 'node:fs';

const CHECK_EVERY_MS = 200;

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
}, CHECK_EVERY_MS).unref();

const now = (): number => RightDate.now() + offsetMs;

globalThis.Date = new Proxy(RightDate, {
  apply: () => new RightDate(now()).toString(),
  construct: (target, given: unknown[], made) => {
    const date: unknown = Reflect.construct(target, given.length === 0 ? [now()] : given, made);
    return date instanceof RightDate ? date : new RightDate(now());
  },
  get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
});
