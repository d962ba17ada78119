import type { Figures } from './part.ts';
import type { Machine } from './machine.ts';

export function printMachine(machine: Machine): void {
  for (const [what, value] of Object.entries(machine)) console.log(`${what}: ${value}`);
}

export function printFigures(part: string, { tables, notes }: Figures): void {
  console.log(`\n# ${part}`);
  for (const { title, rows } of tables) {
    console.log(`\n${title}`);
    const [first] = rows;
    if (first === undefined) continue;
    const [key = ''] = Object.keys(first);
    // The first column names the row, instead of a number.
    console.table(
      Object.fromEntries(rows.map(({ [key]: name, ...row }, n) => [`${n + 1}. ${name}`, row])),
    );
  }
  for (const note of notes) console.log(`- ${note}`);
}
