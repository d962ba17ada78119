import type { z } from 'zod';

/** What needs a variable: the parts of the program. */
export type NeededBy = 'worker' | 'gateway' | 'codec' | 'commands' | 'up' | 'simulator';

/** One variable of the environment: all that is known of it, also by the documentation. */
export interface Variable<T extends z.ZodType = z.ZodType> {
  readonly meaning: string;
  /** As it is written; null where there is none: the variable is then needed or means "off". */
  readonly default: string | null;
  readonly neededBy: readonly NeededBy[];
  /** Whether nothing works without it, for those that need it. */
  readonly required?: boolean;
  readonly schema: T;
}

export type Variables = Readonly<Record<string, Variable>>;

/** Undefined where a variable has no default and need not be set. */
export type Values<V extends Variables> = {
  readonly [Name in keyof V]: V[Name] extends { default: string } | { required: true }
    ? z.output<V[Name]['schema']>
    : z.output<V[Name]['schema']> | undefined;
};
