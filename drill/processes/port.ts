import { randomInt } from 'node:crypto';
import { assertPortFree, PortTakenError } from '../../devserver/index.ts';

/** Below the ports of outgoing connections, one of which could use the port while its owner restarts. */
const FROM = 20_000;
const TO = 30_000;

/** A port of 127.0.0.1 for a process that is killed and restarted on the same port. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
    try {
      await assertPortFree(port, 'a drill', '');
      return port;
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
    }
  }
}
