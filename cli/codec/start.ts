/** Starts a codec server in this process. */
import type { Logger } from 'pino';
import { startCodecServer, type CodecServer } from '../../codec/server/index.ts';
import { CommandError } from '../failure.ts';
import type { CodecSettings } from './settings.ts';

/** @throws CommandError where the address cannot be used */
export async function startCodecHere(
  settings: CodecSettings,
  logger: Logger,
  portOption: string,
): Promise<CodecServer> {
  try {
    return await startCodecServer({ ...settings, logger });
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new CommandError(
      `the codec server cannot listen (${error.message}). Stop the program that has the port, or ` +
        `choose another with ${portOption}.`,
    );
  }
}
