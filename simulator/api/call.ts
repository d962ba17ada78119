import type { Context } from '../context.ts';
import type { Answer } from './answer.ts';
import type { Parameters } from './parameters.ts';

/** A call that has proved who it is from. */
export interface Call {
  readonly context: Context;
  readonly parameters: Parameters;
  readonly now: Date;
  /** Of the mails it sends: as the call asks for, else French, the language of AR24's customers. */
  readonly mailLanguage: 'fr' | 'en';
}

/** Works on a call at once, without waiting, so that no two calls interleave. */
export type Handler = (call: Call) => Answer;
