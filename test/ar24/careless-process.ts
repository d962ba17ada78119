/** Makes every call several times and handles no error. Run by node: `careless-process.ts URL`. */
import { Ar24Client } from '../../ar24/index.ts';
import { CALLS } from './calls.ts';
import { NOW, PRIVATE_KEY, TOKEN } from './credentials.ts';

const ROUNDS = 20;

const client = new Ar24Client({
  baseUrl: process.argv[2] ?? '',
  token: TOKEN,
  privateKey: PRIVATE_KEY,
  now: () => NOW,
  // All calls are made at once: a busy machine needs seconds for those that are answered.
  timeoutMs: 6_000,
  maxAnswerBytes: 5_000,
});
for (let round = 0; round < ROUNDS; round += 1) {
  for (const call of Object.values(CALLS)) void call(client);
}
