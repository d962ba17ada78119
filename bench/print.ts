import type { Figures } from './part.ts';
import type { Sizes } from './sizes.ts';

export function printFacts(facts: Readonly<Record<string, string>>): void {
  for (const [what, value] of Object.entries(facts)) console.log(`${what}: ${value}`);
}

export function printSizes({ warmUp, bundlesItself: _always, ...sizes }: Sizes): void {
  const settings = {
    ...sizes,
    'warm-up': `${warmUp.onboardings} onboardings, ${warmUp.seconds} s`,
  };
  const parts = Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`);
  console.log(`settings: ${parts.join('; ')}`);
}

export function printFigures(part: string, { tables, notes }: Figures): void {
  console.log(`\n# ${part}`);
  for (const { title, rows } of tables) {
    console.log(`\n${title}`);
    const [first] = rows;
    if (first === undefined) continue;
    const [key = ''] = Object.keys(first);
    // The first column is the name of the row.
    console.table(
      Object.fromEntries(rows.map(({ [key]: name, ...row }, n) => [`${n + 1}. ${name}`, row])),
    );
  }
  for (const note of notes) console.log(`- ${note}`);
}
