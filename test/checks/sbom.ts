/** The bill of materials, as `npm run sbom` makes it. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runIn } from '../package/npm.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const licence = z.union([
  z.object({ license: z.object({ id: z.string().optional(), name: z.string().optional() }) }),
  z.object({ expression: z.string() }),
]);
const component = z.object({
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  licenses: z.array(licence).default([]),
});
const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.object({ component: z.object({ name: z.string(), version: z.string() }) }),
  components: z.array(component),
});

export type Component = z.output<typeof component>;

export async function readBill(): Promise<z.output<typeof bill>> {
  const printed = await runIn(PROJECT, 'npm', 'run', '--silent', 'sbom');
  return bill.parse(JSON.parse(printed));
}

/** Undefined if the package declares none. */
export function licenceOf({ licenses }: Component): string | undefined {
  const [first] = licenses;
  if (first === undefined) return undefined;
  return 'expression' in first ? first.expression : (first.license.id ?? first.license.name);
}
