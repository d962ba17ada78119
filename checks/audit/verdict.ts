/** What `npm audit --json` has found, in words. */
import { z } from 'zod';

const GRAVE = ['critical', 'high'] as const;

const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), range: z.string(), via: z.array(z.unknown()) }),
  ),
});
const advisorySchema = z.object({ title: z.string(), url: z.string() });
const errorSchema = z.object({
  statusCode: z.number().optional(),
  error: z.object({ code: z.string().nullish() }).optional(),
});

export interface Verdict {
  readonly kind: 'clean' | 'holes' | 'unanswered';
  readonly words: string;
}

/** @param printed by npm; anything that is no report means that the registry gave none */
export function tell(printed: string): Verdict {
  const json = jsonIn(printed);
  const report = reportSchema.safeParse(json);
  if (!report.success) return unanswered(json);
  const all = Object.entries(report.data.vulnerabilities);
  const grave = all.filter(([, { severity }]) => GRAVE.some((one) => one === severity));
  const lesser = all.length - grave.length;
  const others = lesser === 0 ? '' : `; ${lesser} of lower grades: see \`npm audit --omit=dev\``;
  if (grave.length === 0) {
    return {
      kind: 'clean',
      words: `audit: no known hole of the grades high and critical${others}`,
    };
  }
  const lines = grave.map(([name, { severity, range, via }]) => {
    const known = via.flatMap((one) => advisorySchema.safeParse(one).data ?? []);
    const why = known.map(({ title, url }) => `${title} (${url})`).join('; ');
    return `  ${name} ${range}: ${severity}${why === '' ? ', by what it depends on' : `: ${why}`}`;
  });
  return { kind: 'holes', words: [`audit: known holes${others}`, ...lines].join('\n') };
}

function unanswered(json: unknown): Verdict {
  const { statusCode, error } = errorSchema.safeParse(json).data ?? {};
  const why = error?.code ?? (statusCode === undefined ? 'no reason given' : `HTTP ${statusCode}`);
  const words =
    'audit: NOT DONE. The registry did not tell whether anything that runs in production has known ' +
    `holes (${why}). Run \`npm run check:audit\` where it does.`;
  return { kind: 'unanswered', words };
}

function jsonIn(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
