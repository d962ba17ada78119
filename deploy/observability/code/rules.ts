/** The alerts of rules.yml, from which the dashboards have their colours and their links to runbooks. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly labels: { readonly severity: 'page' | 'ticket' };
  readonly annotations: { readonly runbook_url: string };
}

// The test of the rules validates the file.
const { groups } = parse(readFileSync(new URL('../rules.yml', import.meta.url), 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};
const RULES = groups.flatMap(({ rules }) => rules);

/** @throws Error if no alert has this name */
export function ruleOf(name: string): {
  readonly severity: 'page' | 'ticket';
  readonly runbook: string;
} {
  const rule = RULES.find(({ alert }) => alert === name);
  if (rule === undefined) throw new Error(`rules.yml has no alert ${name}`);
  return { severity: rule.labels.severity, runbook: rule.annotations.runbook_url };
}
