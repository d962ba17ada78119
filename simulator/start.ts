import { ZodError, prettifyError } from 'zod';
import { changeAccount, openAccount } from './admin/accounts-by-hand.ts';
import type { Context } from './context.ts';
import { errorCode, SimulatorPortTakenError } from './errors.ts';
import { SimulatorOptionsSchema, type SimulatorOptions } from './options.ts';
import { mailbox } from './people/read-mail.ts';
import { buildServer } from './server.ts';
import { SimulatorSettings } from './settings/settings.ts';
import type { Simulator } from './simulator.ts';
import { openRecords } from './state/open-records.ts';
import { WebhookOutbox } from './webhooks/outbox.ts';
import { LINKS, pathOf } from './state/mail.ts';
import type { Records } from './state/records.ts';

/**
 * Starts a simulated AR24, and resolves when it answers.
 *
 * @throws SimulatorPortTakenError, StateFileError, and Error for invalid options
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { now = () => new Date(), ...given } = options;
  const { port, host, token, privateKey, publicUrl, stateFile, logLevel, ...start } = readable(() =>
    SimulatorOptionsSchema.parse(given),
  );
  const settings = new SimulatorSettings(start);
  const { records, settled, close } = await openRecords(stateFile);
  const stop = new AbortController();
  const switches = (): typeof settings.switches => settings.switches;
  const outbox = new WebhookOutbox({ records, settled, switches, now, stopping: stop.signal });
  const address = { url: '' };
  const context: Context = {
    token,
    privateKey,
    now,
    records,
    settled,
    switches,
    faults: settings.faults,
    outbox,
    publicUrl: () => publicUrl?.replace(/\/+$/, '') ?? address.url,
    stopping: stop.signal,
  };
  const reset = async (): Promise<void> => {
    records.reset();
    settings.reset();
    await settled();
  };
  const app = await buildServer({
    context,
    settings,
    reset,
    logLevel,
    names: { host, publicUrl: publicUrl ?? '' },
  });
  await app.listen({ port, host }).catch(async (error: unknown) => {
    await close();
    throw errorCode(error) === 'EADDRINUSE' ? new SimulatorPortTakenError(port) : error;
  });
  const listening = app.server.address();
  const taken = typeof listening === 'object' ? listening?.port : undefined;
  address.url = urlOf(taken ?? port, host);
  outbox.wake();

  return {
    url: address.url,
    apiUrl: `${address.url}/api/`,
    token,
    privateKey,
    ledger: () => records.ledger,
    mailbox: () => mailbox(records.mails, context.publicUrl()),
    accounts: () => records.accounts,
    createAccount: (fields) => readable(() => openAccount(context, fields)),
    updateAccount: (emailOrId, fields) => readable(() => changeAccount(context, emailOrId, fields)),
    follow: (mailOrLink) => followLink(address.url, records, mailOrLink),
    setFaults: (faults) => {
      readable(() => {
        settings.setFaults(faults);
      });
    },
    setSwitches: (changes) => {
      readable(() => {
        settings.setSwitches(changes);
      });
    },
    tickWebhooks: (at) => outbox.tick(at ?? now()),
    reset,
    stop: async () => {
      stop.abort();
      outbox.stop();
      await app.close();
      await close();
    },
  };
}

/** A wildcard address is no destination: links lead to 127.0.0.1 instead. */
function urlOf(port: number, host: string): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Turns zod's errors into readable ones. */
function readable<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new Error(`Invalid options of the simulator:\n${prettifyError(error)}`);
  }
}

/**
 * Follows a link over HTTP, as a browser does after a click on the button.
 *
 * @param mailOrLink an address, its path, or a mail's identifier, which means its first link
 * @throws Error if there is no such link
 */
async function followLink(url: string, records: Records, mailOrLink: string): Promise<void> {
  const mail = records.mail(mailOrLink);
  const [action] = mail === undefined ? [] : LINKS[mail.kind];
  const path =
    mail === undefined || action === undefined
      ? // Only the path counts: the host may be a public name of this simulator.
        new URL(mailOrLink, url).pathname
      : pathOf(mail, action);
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { accept: 'application/json' },
  });
  await response.body?.cancel();
  if (!response.ok)
    throw new Error(`No mail has the link ${mailOrLink} (HTTP ${response.status}).`);
}
