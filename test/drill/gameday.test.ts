/** What the game day notes of Prometheus' alerts, and the rules that it reads. */
import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { Episodes } from '../../drill/gameday/episodes.ts';
import { sectionOf } from '../../drill/gameday/runbook.ts';
import { REAL, SHORT } from '../../drill/gameday/scale.ts';

const RULES = new URL('../../deploy/observability/rules.yml', import.meta.url);
const activeAt = new Date('2027-01-01T00:00:00Z');
const pending = { alert: 'Stuck', summary: '1 onboarding', isFiring: false, activeAt };

test('an alert with two series is one episode, from pending until the last series has ended', () => {
  const episodes = new Episodes();
  episodes.see([pending]);
  episodes.see([{ ...pending, isFiring: true, summary: '2 onboardings' }, pending]);
  episodes.see([pending]);
  expect(episodes.isActive('Stuck')).toBe(true);
  episodes.see([]);
  expect(episodes.isActive('Stuck')).toBe(false);
  expect(episodes.all).toEqual([
    {
      alert: 'Stuck',
      summary: '2 onboardings',
      pendingAt: activeAt,
      firingAt: expect.any(Date),
      endedAt: expect.any(Date),
    },
  ]);
});

test('an alert that only was pending has not fired', () => {
  const episodes = new Episodes();
  episodes.see([pending]);
  episodes.see([]);
  expect(episodes.firedAfter('Stuck', activeAt)).toBeUndefined();
});

test('an alert that comes again is another episode', () => {
  const episodes = new Episodes();
  episodes.see([pending]);
  episodes.see([]);
  episodes.see([pending]);
  expect(episodes.all).toHaveLength(2);
});

test('the real run reads the rules as they are; --short divides their times by ten', async () => {
  const rules = await readFile(RULES, 'utf8');
  expect(REAL.rules(rules)).toBe(rules);
  expect(SHORT.rules('for: 5m')).toBe('for: 30s');
  expect(SHORT.rules('increase(x[1h]) > 5')).toBe('increase(x[360s]) > 5');
  expect(SHORT.rules(rules)).toContain(
    'max(last_over_time(onboarding_oldest_task_seconds[30s])) > 360\n',
  );
  expect(SHORT.rules(rules)).not.toMatch(/for: \d+[mhd]|\[\d+[mhd]\]/);
});

test('each alert has a section in the runbook of alerts', async () => {
  const rules = await readFile(RULES, 'utf8');
  for (const [, alert = ''] of rules.matchAll(/alert: (\w+)/g)) {
    expect(await sectionOf(alert)).toMatch(/Act|As \[/);
  }
});
