import type { Language } from '../../../client/index.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import type { PageWords } from './page-words.ts';

export const WORDS: Readonly<Record<Language, PageWords>> = { fr: FR, en: EN };
