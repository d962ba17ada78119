/** The keys that close and open links. The first makes new ones; the others open older ones still. */
export interface LinkKey {
  /** Which key it is, in the open: letters, digits, `-` and `_`. */
  readonly kid: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
const WRITTEN = /^([A-Za-z0-9_-]{1,16}):([A-Za-z0-9+/]{43}=)$/;

/** @throws TypeError, without the value, unless it is written `KID:BASE64,KID:BASE64`, 32 bytes each */
export function parseLinkKeys(written: string): readonly [LinkKey, ...LinkKey[]] {
  const [first, ...others] = written.split(',').map((one) => parseLinkKey(one.trim()));
  if (first === undefined) throw new TypeError('at least one link key is expected');
  const keys = [first, ...others] as const;
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new TypeError('two link keys have the same id');
  }
  return keys;
}

function parseLinkKey(written: string): LinkKey {
  const [, kid, base64] = WRITTEN.exec(written) ?? [];
  const key = new Uint8Array(Buffer.from(base64 ?? '', 'base64'));
  if (kid === undefined || key.length !== KEY_BYTES) {
    throw new TypeError('link keys are written KID:BASE64, with 32 bytes in base64');
  }
  return { kid, key };
}
