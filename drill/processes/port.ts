import { randomInt } from 'node:crypto';
import { assertPortFree, PortTakenError } from '../../devserver/index.ts';

/** Below the ports of outgoing connections, one of which could use the port while its owner restarts. */
const FROM = 20_000;
const TO = 30_000;

/** A process may not listen yet, or be down for a moment: its port is free, and still its own. */
const given = new Set<number>();

/** A port of 127.0.0.1 for a process that is killed and restarted on the same port. No two callers get the same. */
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
