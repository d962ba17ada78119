/** Turns the output of `npm audit --json` into a verdict and a text. */
import { z } from 'zod';

const SEVERE = ['critical', 'high'] as const;

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

export interface AuditVerdict {
  readonly kind: 'clean' | 'vulnerable' | 'unknown';
  readonly text: string;
}

/** @param printed npm's output; if it is no report, the registry did not answer */
export function readAudit(printed: string): AuditVerdict {
  const json = jsonIn(printed);
  const report = reportSchema.safeParse(json);
  if (!report.success) return unknown(json);
  const all = Object.entries(report.data.vulnerabilities);
  const severe = all.filter(([, { severity }]) => SEVERE.some((one) => one === severity));
  const lesser = all.length - severe.length;
  const others = lesser === 0 ? '' : `; ${lesser} of lower severity: see \`npm audit --omit=dev\``;
  if (severe.length === 0) {
    return {
      kind: 'clean',
      text: `audit: no known vulnerability of severity high or critical${others}`,
    };
  }
  const lines = severe.map(([name, { severity, range, via }]) => {
    const known = via.flatMap((one) => advisorySchema.safeParse(one).data ?? []);
    const why = known.map(({ title, url }) => `${title} (${url})`).join('; ');
    return `  ${name} ${range}: ${severity}${why === '' ? ', through a dependency' : `: ${why}`}`;
  });
  return {
    kind: 'vulnerable',
    text: [`audit: known vulnerabilities${others}`, ...lines].join('\n'),
  };
}

function unknown(json: unknown): AuditVerdict {
  const { statusCode, error } = errorSchema.safeParse(json).data ?? {};
  const why = error?.code ?? (statusCode === undefined ? 'no reason given' : `HTTP ${statusCode}`);
  const text =
    'audit: NOT DONE. The registry did not report the vulnerabilities of the packages in production ' +
    `(${why}). Run \`npm run check:audit\` where the registry can be reached.`;
  return { kind: 'unknown', text };
}

function jsonIn(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
