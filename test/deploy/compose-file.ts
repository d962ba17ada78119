import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const CONDITIONS = [
  'service_started',
  'service_healthy',
  'service_completed_successfully',
] as const;

/**
 * The part of the Compose specification that we use: anything else is a mistake until it is added
 * here.
 */
const service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  init: z.literal(true).optional(),
  restart: z.string(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(CONDITIONS) })).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      start_period: z.string(),
      retries: z.int(),
    })
    .optional(),
  stop_grace_period: z.string().optional(),
  cap_drop: z.array(z.string()).optional(),
  read_only: z.literal(true).optional(),
  tmpfs: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
});

const composeFile = z.object({
  name: z.string(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

export type ComposeFile = z.infer<typeof composeFile>;
export type Service = z.infer<typeof service>;

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export function readText(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
}

export async function readComposeFile(): Promise<ComposeFile> {
  return composeFile.parse(parse(await readText('docker-compose.yml'), { merge: true }));
}

/** A text of the file with the values of variables, as Compose reads it. A default may have a variable in it. */
export function withValues(text: string, values: ReadonlyMap<string, string>): string {
  const innermost = text.replaceAll(
    /\$\{([A-Z0-9_]+)(?::-([^{}]*)|:\?[^{}]*)?\}/g,
    (_all, name: string, fallback?: string) => values.get(name) ?? fallback ?? '',
  );
  return innermost === text ? text : withValues(innermost, values);
}

/** A job ends; every other service runs for ever. */
export function isJob(candidate: Service): boolean {
  return candidate.restart.startsWith('on-failure');
}
