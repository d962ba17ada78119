import type { z } from 'zod';

/** The parts of the program that need a variable. */
export type NeededBy =
  'worker' | 'gateway' | 'codec' | 'exporter' | 'commands' | 'up' | 'simulator';

/** One variable of the environment, for its reader and for the docs. */
export interface Variable<T extends z.ZodType = z.ZodType> {
  readonly meaning: string;
  /** As in the environment; null without a default: the variable is then required, or not set means "off". */
  readonly default: string | null;
  readonly neededBy: readonly NeededBy[];
  /** Whether the parts that need it refuse to start without it. */
  readonly required?: boolean;
  /** It belongs into a secret store, and may be set as a file: `NAME_FILE`. */
  readonly secret?: boolean;
  readonly schema: T;
}

export type Variables = Readonly<Record<string, Variable>>;

/** Undefined where a variable has no default and need not be set. */
export type Values<V extends Variables> = {
  readonly [Name in keyof V]: V[Name] extends { default: string } | { required: true }
    ? z.output<V[Name]['schema']>
    : z.output<V[Name]['schema']> | undefined;
};
