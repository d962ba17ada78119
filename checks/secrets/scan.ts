/** What stands in one file: keys of our own, and by secretlint's recommended rules those of other systems. */
import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { ALLOWED } from './allowed.ts';
import { OWN_KEYS } from './own-keys.ts';

export interface Secret {
  /** From 1 on. */
  readonly line: number;
  /** Never holds it. */
  readonly what: string;
}

const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend';

/** @param path from the folder of the project, with `/` */
export async function secretsIn(path: string, content: string): Promise<readonly Secret[]> {
  const allowed = ALLOWED.filter((one) => one.path === path);
  const lines = content.split('\n');
  const found = [...ownKeysIn(content), ...(await othersIn(path, content))];
  return found.filter(({ line }) => !allowed.some(({ text }) => lines[line - 1]?.includes(text)));
}

function ownKeysIn(content: string): readonly Secret[] {
  return OWN_KEYS.flatMap(({ what, written }) =>
    [...content.matchAll(written)].map(({ index }) => ({
      line: content.slice(0, index).split('\n').length,
      what,
    })),
  );
}

async function othersIn(path: string, content: string): Promise<readonly Secret[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content, contentType: 'text' },
    options: { config: { rules: [{ id: RECOMMENDED, rule: recommended }] } },
  });
  // Its messages repeat what they are about, which no name of a rule does.
  return messages.map(({ loc, ruleId, messageId }) => ({
    line: loc.start.line,
    what: `${messageId} (${ruleId})`,
  }));
}
