/** Whether a request was sent, by Node's error codes. */
import { describe, expect, it } from '@jest/globals';
import { causeOf } from '../../ar24/network-cause.ts';

describe('a broken connection', () => {
  const failed = (...causes: readonly object[]): Error =>
    new TypeError('fetch failed', {
      cause: causes.length === 1 ? causes[0] : new AggregateError(causes),
    });

  it.each([
    ['a name that does not resolve', failed({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['a resolver out of reach', failed({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
    ['a certificate that is not trusted', failed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['a connection that took too long', failed({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    ['a host that cannot be reached', failed({ code: 'EHOSTUNREACH', syscall: 'connect' })],
    [
      'every address refused',
      failed(
        { code: 'ECONNREFUSED', syscall: 'connect' },
        { code: 'ETIMEDOUT', syscall: 'connect' },
      ),
    ],
  ])('%s: not sent', (_, error) => {
    expect(causeOf(error)).toMatchObject({ kind: 'broken', delivered: 'no' });
  });

  it.each([
    ['a reset', failed({ code: 'ECONNRESET', syscall: 'read' })],
    ['a host lost on the way', failed({ code: 'EHOSTUNREACH', syscall: 'write' })],
    ['one address refused and one lost', failed({ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' })],
    ['several failures without any code', new AggregateError([])],
    ['an error without a code', new Error('secret')],
    ['no error at all', 'secret'],
    ['an unknown code', failed({ code: 'token=secret' })],
  ])('%s: unknown', (_, error) => {
    const cause = causeOf(error);
    expect(cause).toMatchObject({ kind: 'broken', delivered: 'unknown' });
    expect(JSON.stringify(cause)).not.toContain('secret');
  });

  it.each(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])('%s: too slow', (code) => {
    expect(causeOf(failed({ code }))).toEqual({ kind: 'timeout' });
  });
});
