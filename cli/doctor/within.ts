import { failed, type Finding } from './finding.ts';
import { whyOf } from './why.ts';

/** Whatever happens becomes a finding, in time, so that every check is told. */
export async function within(limitMs: number, check: () => Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed(`no answer within ${limitMs / 1000} s`));
    }, limitMs);
  });
  try {
    return await Promise.race([check().catch(broken), late]);
  } finally {
    clearTimeout(timer);
  }
}

function broken(error: unknown): Finding {
  return failed(`could not be looked at: ${whyOf(error)}`);
}
