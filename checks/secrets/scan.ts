/** Finds our own keys in a file, and by secretlint's recommended rules those of other systems. */
import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { ALLOWED } from './allowed.ts';

export interface Secret {
  /** From 1 on. */
  readonly line: number;
  /** The kind of secret, never the secret itself. */
  readonly what: string;
}

const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend';

/** @param path relative to the project's folder, with `/` */
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
  // secretlint's messages quote the secret; the names of its rules do not.
  return messages.map(({ loc, ruleId, messageId }) => ({
    line: loc.start.line,
    what: `${messageId} (${ruleId})`,
  }));
}

/** The formats of this project's keys (docs/security.md). */
interface OwnKey {
  readonly what: string;
  readonly written: RegExp;
}

const OWN_KEYS: readonly OwnKey[] = [
  // In ONBOARDING_NOTIFY_SECRETS and in the secrets of sign-up events: 24 bytes or more.
  { what: 'a signing secret', written: /whsec_[A-Za-z0-9+/]{32,}={0,2}/g },
  // As `onboard key create` prints it. The configuration has only its hash.
  { what: 'an API key', written: /onb_[A-Za-z0-9_-]{43}/g },
  // Keys of encryption, hashes and links have the same format.
  { what: 'a key of 32 bytes', written: /[A-Za-z0-9_.-]{1,32}:[A-Za-z0-9+/]{43}=/g },
  // The second part of the JWE is empty: it contains no encrypted key.
  {
    what: "a link to a sender's page",
    written: /eyJ[\w-]{20,}\.\.[\w-]{16}\.[\w-]{20,}\.[\w-]{22}/g,
  },
];
