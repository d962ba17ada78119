import type { Report } from './report.ts';

/** What one way of getting a binary came to. */
export type Attempt =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'not-here'; readonly why: string };

export function found(path: string): Attempt {
  return { kind: 'found', path };
}

export function notHere(why: string): Attempt {
  return { kind: 'not-here', why };
}

/** One way of getting a binary. */
interface Way {
  /** What it tries, for example "the SDK's download". */
  readonly what: string;
  /** What a person can do to make this way work, as a whole sentence. */
  readonly remedy?: string;
  readonly attempt: (report: Report) => Promise<Attempt>;
}

/** No way led to the binary, or the one that a person chose did not. The message names the way out. */
export class BinaryNotFoundError extends Error {
  override readonly name = 'BinaryNotFoundError';
}

/** What is looked for, and how. */
export interface Search {
  /** What it is called, as the person knows it. */
  readonly binary: string;
  readonly ways: readonly Way[];
  /** How a person can do without it, as whole sentences. */
  readonly instead?: readonly string[];
}

/**
 * The path from the first way that works.
 *
 * @throws BinaryNotFoundError when none works.
 */
export async function findInOrder(search: Search, report: Report): Promise<string> {
  const tried: string[] = [];
  for (const way of search.ways) {
    const attempt = await way.attempt(report);
    if (attempt.kind === 'found') return attempt.path;
    tried.push(`${way.what}: ${attempt.why}`);
  }
  const remedies = search.ways.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy]));
  throw new BinaryNotFoundError(
    [
      `${search.binary} is nowhere to be had. Tried:`,
      ...tried.map((line) => `  - ${line}`),
      'Any one of these helps:',
      ...[...remedies, ...(search.instead ?? [])].map((line) => `  - ${line}`),
    ].join('\n'),
  );
}
