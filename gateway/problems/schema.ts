import { z } from 'zod';
import { PROBLEMS, type ProblemCode } from './codes.ts';

/** As it is told: RFC 9457, with a code to decide on. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'where this kind of problem is explained' }),
    title: z.string(),
    status: z.int(),
    code: z
      .enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])
      .meta({ description: 'stable: decide on this' }),
    detail: z.string().meta({ description: 'a sentence that helps a person' }),
    instance: z.string().meta({ description: 'the id under which the request was logged' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional(),
          parameter: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
    differs: z.array(z.string()).optional(),
    scope: z.string().optional(),
    updateId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
