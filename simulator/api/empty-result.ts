import type { Switches } from '../settings/switches.ts';
import { success, type Answer } from './answer.ts';

/** Success of a call that returns nothing. How AR24 writes that is not public. */
export function emptySuccess({ emptyResult }: Switches): Answer {
  switch (emptyResult) {
    case 'object':
      return success({});
    case 'array':
      return success([]);
    case 'absent':
      return success(undefined);
  }
}
