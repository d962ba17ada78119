/**
 * Each switch of the simulator, in each position, is tested with a worker: a new one without such a
 * test fails here.
 */
import { describe, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DEFAULT_SWITCHES, SwitchesSchema } from '../../../simulator/settings/switches.ts';

const TESTS = fileURLToPath(new URL('../../', import.meta.url));
const THIS_FILE = 'onboarding/switches/all.test.ts';
/** These tests start workers. */
const HAS_A_WORKER = /from '[./a-z]*\/(support\/test-env|development-server)\.ts'/;

async function workerTests(): Promise<readonly string[]> {
  const files = await readdir(TESTS, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && file !== THIS_FILE);
  const texts = await Promise.all(sources.map((file) => readFile(TESTS + file, 'utf8')));
  return texts.filter((text) => HAS_A_WORKER.test(text));
}

const TEXTS = await workerTests();

/** As each is written in a test. Empty if there are too many positions to try each. */
function positionsOf(name: string, schema: unknown): readonly string[] {
  if (schema instanceof z.ZodBoolean) return [`${name}: true`, `${name}: false`];
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => `'${String(option)}'`);
  return [];
}

function written(name: string, position: unknown): string {
  return typeof position === 'string' ? `'${position}'` : `${name}: ${String(position)}`;
}

describe.each(Object.entries(SwitchesSchema.shape))('the switch %s', (name, schema) => {
  const setting = TEXTS.filter((text) => new RegExp(`\\b${name}\\b\\s*[:,}]`).test(text));
  const usual = written(name, DEFAULT_SWITCHES[name as keyof typeof DEFAULT_SWITCHES]);
  const positions = positionsOf(name, schema).filter((position) => position !== usual);

  test('is set by a worker test', () => {
    expect(setting).not.toEqual([]);
  });

  test('is set to each of its positions', () => {
    const untried = positions.filter(
      (position) => !setting.some((text) => text.includes(position)),
    );
    expect(untried).toEqual([]);
  });
});
