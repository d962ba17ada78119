/** The simulator's README names all faults and switches. */
import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { DEFAULT_SWITCHES, FAULT_NAMES } from '../../simulator/index.ts';

const README = await readFile(new URL('../../simulator/README.md', import.meta.url), 'utf8');

describe("the simulator's README", () => {
  it.each(FAULT_NAMES)('has the fault %s', (name) => {
    expect(README).toContain(`| \`${name}\``);
  });

  it.each(Object.entries(DEFAULT_SWITCHES))('has the switch %s with its default', (name, value) => {
    const line = README.split('\n').find(
      (text) => text.startsWith('| `') && text.split('|')[1]?.includes(`\`${name}\``),
    );
    expect(line).toBeDefined();
    const shown = name === 'webhookStates' ? 'all' : display(value);
    expect(line?.split('|')[2]).toContain(shown);
  });
});

function display(value: unknown): string {
  return typeof value === 'string'
    ? `\`${value}\``
    : JSON.stringify(value).replaceAll(/([:,])/g, '$1 ');
}
