import { randomInt } from 'node:crypto';
import { assertPortFree, PortTakenError } from '../../devserver/index.ts';

/** Below the ports of outgoing connections, one of which could use the port while its owner restarts. */
const FROM = 20_000;
const TO = 30_000;

/** The ports returned so far. A process keeps its port while it does not listen: before its start, or when it was killed. */
const given = new Set<number>();

/** A port of 127.0.0.1 for a process that is killed and restarted on the same port. Each call returns another one. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    if (given.has(port)) continue;
    given.add(port);
    try {
      await assertPortFree(port, 'a drill', '');
      return port;
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
    }
  }
}
