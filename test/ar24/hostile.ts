/** Every way in which a call can fail, each with data that must not appear in errors. */
import { sign } from '../../ar24/crypto.ts';
import { EMAIL, ID, NEW_USER } from './calls.ts';
import { type Behaviour, DATE, PRIVATE_KEY, refusal, success, TOKEN } from './server.ts';

const AR24_TEXT = 'Le compte de Jeanne';
const LEAK = 'leak-4471';

/** By name. A name that begins with `a result` is a success that fails only calls that read the result. */
export const HOSTILE: Readonly<Record<string, Behaviour>> = {
  'a refusal': () => refusal('user_not_exist', AR24_TEXT),
  'a refused field': () => refusal('email_wrong_format', AR24_TEXT),
  'an unknown slug': () => refusal('brand_new', AR24_TEXT),
  'a slug with data in it': () => refusal(`${LEAK} ${EMAIL}`, AR24_TEXT),
  'a slug that is no text': () => refusal({ [LEAK]: EMAIL }, AR24_TEXT),
  'refused credentials': () => refusal('token_invalid', `${AR24_TEXT} ${TOKEN}`),
  'a refused date': () => refusal('expired_date', AR24_TEXT),
  maintenance: () => ({ status: 'maintenance', message: AR24_TEXT }),
  'HTTP 401': (_, reply) => reply.code(401).send(AR24_TEXT),
  'HTTP 404': (_, reply) => reply.code(404).send(AR24_TEXT),
  'HTTP 422 with a refusal': (_, reply) =>
    reply.code(422).send(refusal('user_not_exist', `${AR24_TEXT} ${EMAIL}`)),
  'HTTP 429': (_, reply) => reply.code(429).header('retry-after', LEAK).send(AR24_TEXT),
  'HTTP 500': (_, reply) => reply.code(500).send(AR24_TEXT),
  'HTTP 504 with a refusal': (_, reply) => reply.code(504).send(refusal(LEAK, EMAIL)),
  'a redirect with a query': (_, reply) =>
    reply.redirect(`https://ar24.invalid/?t=${TOKEN}&l=${LEAK}`),
  'an echo of the request': (seen) => `${seen.rawForm}${seen.query.toString()} ${LEAK}`,
  'broken JSON': () => `{"status":"SUCCESS","result":{"email":"${EMAIL}","x":${LEAK}`,
  'an unknown status': () => ({ status: LEAK, result: { email: EMAIL } }),
  'a result without an id': (seen) =>
    success(seen, { email: EMAIL, name: LEAK, users: [{ name: LEAK }] }),
  'a result with an id of the wrong kind': (seen) =>
    success(seen, { id: `${LEAK} ${EMAIL}`, link: LEAK, users: [{ id: [EMAIL] }] }),
  'a result with a flag of the wrong kind': (seen) =>
    success(seen, { id: 1, cgu: LEAK, users: [{ id: 1, confirmed: LEAK }] }),
  'a result with fields of unexpected names': (seen) => success(seen, { [LEAK]: { [EMAIL]: 1 } }),
  'a lost connection': (_, reply) => {
    reply.hijack();
    reply.raw.destroy();
  },
  'an answer cut short': (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-length': '999' });
    reply.raw.write(AR24_TEXT, () => reply.raw.destroy());
  },
  'an answer that is no HTTP': (_, reply) => {
    reply.hijack();
    reply.raw.socket?.end(`${AR24_TEXT} ${TOKEN} ${EMAIL}\r\n\r\n`);
  },
  'compression that is none': (_, reply) =>
    reply.header('content-encoding', 'gzip').send(`${AR24_TEXT} ${EMAIL}`),
  'an answer too large': (_, reply) => reply.send(AR24_TEXT.repeat(1000)),
  silence: (_, reply) => {
    reply.hijack();
  },
};

const SECRETS: readonly string[] = [
  TOKEN,
  PRIVATE_KEY,
  sign(DATE, PRIVATE_KEY),
  sign(DATE, PRIVATE_KEY).slice(0, 20),
  DATE,
  ...Object.values(NEW_USER).filter((value) => value.length > 3),
  'jeanne',
  ID,
  LEAK,
  AR24_TEXT,
  'token=',
  '127.0.0.1',
];
const NEEDLES = SECRETS.flatMap((secret) => [secret, encodeURIComponent(secret)]);

/** The secrets that a text holds. */
export function leaksIn(text: string): readonly string[] {
  const seen = text.toLowerCase();
  return NEEDLES.filter((needle) => seen.includes(needle.toLowerCase()));
}
