/** Words that this project's prose does without. docs/glossary.md has the words for its own things. */
interface Word {
  /** Without boundaries; case is ignored. */
  readonly word: RegExp;
  /** The word to use instead. */
  readonly better: string;
}

export const WORDS: readonly Word[] = [
  { word: /heed(?:s|ed|ing)?/, better: 'process, apply, respect' },
  { word: /sightings?/, better: 'account snapshot' },
  {
    word: /askings|(?<=\b(?:an|the|each|every|no|this|last|first|second|one)\s)asking/,
    better: 'request',
  },
  { word: /tell(?:s|ing)?|told/, better: 'log, return, report, print, show; distinguish' },
  { word: /afresh/, better: 'again, or the thing that is reset' },
  { word: /anew/, better: 'again' },
  { word: /for good/, better: 'permanently' },
  { word: /under way/, better: 'in progress, in flight' },
  { word: /gists?/, better: 'fingerprint' },
  { word: /windUp/, better: 'cancelAndFinish' },
  { word: /leftBehind|heritage/, better: 'carryOver, carry-over' },
  { word: /deeds?/, better: 'event action, effect' },
  { word: /whoever|whomever|who does/, better: 'a noun: the caller, the operator, everyone who' },
  { word: /he|him|his|himself|she|her|hers|herself/, better: 'they, them, their, or the noun' },
];

/** Texts that contain such a word for a reason. */
export const ALLOWED: readonly { readonly path: string; readonly text: string }[] = [];
