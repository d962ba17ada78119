import type { ReportLine } from './run-with-progress.ts';
import { findOnPath, isExecutable } from './executable.ts';

/** The result of one way to get a binary. */
export type SearchResult =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'not-here'; readonly why: string };

export function found(path: string): SearchResult {
  return { kind: 'found', path };
}

export function notHere(why: string): SearchResult {
  return { kind: 'not-here', why };
}

/** One way to get a binary. */
export interface Way {
  /** The name of the source, for example "the SDK's download". */
  readonly what: string;
  /** A whole sentence that says how to make this way work. */
  readonly remedy?: string;
  readonly attempt: (report: ReportLine) => Promise<SearchResult>;
}

/** No way found the binary, or the path in an environment variable is wrong. The message says what to do. */
export class BinaryNotFoundError extends Error {
  override readonly name = 'BinaryNotFoundError';
}

/** A binary, and the ways to get it in the order in which they are tried. */
export interface Search {
  /** The binary's name in error messages. */
  readonly binary: string;
  readonly ways: readonly Way[];
  /** Whole sentences that say how to do without the binary. */
  readonly instead?: readonly string[];
}

/**
 * The path from the first way that works.
 *
 * @throws BinaryNotFoundError when no way works.
 */
export async function findInOrder(search: Search, report: ReportLine): Promise<string> {
  const tried: string[] = [];
  for (const way of search.ways) {
    const attempt = await way.attempt(report);
    if (attempt.kind === 'found') return attempt.path;
    tried.push(`${way.what}: ${attempt.why}`);
  }
  const remedies = search.ways.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy]));
  throw new BinaryNotFoundError(
    [
      `${search.binary} was not found. Tried:`,
      ...tried.map((line) => `  - ${line}`),
      'Any one of these helps:',
      ...[...remedies, ...(search.instead ?? [])].map((line) => `  - ${line}`),
    ].join('\n'),
  );
}

/**
 * The binary that an environment variable names.
 *
 * @throws BinaryNotFoundError when the path cannot be executed: a variable that somebody set is never
 * ignored silently.
 */
export async function namedByEnvironment(variable: string): Promise<SearchResult> {
  const path = process.env[variable];
  if (path === undefined || path === '') return notHere('not set');
  if (await isExecutable(path)) return found(path);
  throw new BinaryNotFoundError(
    `${variable} is set to ${path}, which is not an executable file. Correct or unset it.`,
  );
}

/** The attempt of a way that looks on PATH. */
export function onPath(program: string): () => Promise<SearchResult> {
  return async () => {
    const path = await findOnPath(program);
    return path === undefined ? notHere(`no ${program}`) : found(path);
  };
}

/** A way that uses the path in an environment variable. */
export function byEnvironment(variable: string, binary: string): Way {
  return {
    what: variable,
    remedy: `Set ${variable} to the executable of ${binary}.`,
    attempt: () => namedByEnvironment(variable),
  };
}
