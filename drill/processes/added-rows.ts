/** Fills Temporal's visibility store, so that what takes longer with many onboardings can be measured. */
import { WORKFLOW_TYPE, workflowIdOf } from '../../workflows/contract/index.ts';
import type { Database } from './postgresql.ts';

const AS = {
  /** Ended, and of another type, so that nothing counts them. */
  ended: { workflow_type_name: "'added'", status: '2', close_time: 'now()' },
  /** As the copied one is. Temporal has no such runs: only searches and counts see them. */
  open: {},
} as const;

/** Adds copies of the row of an open onboarding. */
export async function addRows(
  { run, port, user }: Database,
  rows: number,
  as: keyof typeof AS = 'ended',
): Promise<void> {
  const sql = (text: string): Promise<string> => {
    const at = ['-h', '127.0.0.1', '-p', String(port), '-U', user, '-d', 'temporal_visibility'];
    const options = ['-v', 'ON_ERROR_STOP=1', '-A', '-t', '-c', text];
    return run('psql', [...at, ...options]);
  };
  // The others are computed from the search attributes.
  const stored = await sql(
    `SELECT column_name FROM information_schema.columns
     WHERE table_name = 'executions_visibility' AND is_generated = 'NEVER'`,
  );
  const columns = stored.split('\n');
  const changed: Readonly<Record<string, string>> = {
    run_id: 'md5(i::text || run_id)',
    workflow_id: `'${workflowIdOf('added-')}' || i`,
    ...AS[as],
  };
  await sql(
    `INSERT INTO executions_visibility (${columns.join(', ')})
     SELECT ${columns.map((name) => changed[name] ?? name).join(', ')}
     FROM (SELECT * FROM executions_visibility WHERE workflow_type_name = '${WORKFLOW_TYPE}' LIMIT 1) AS one,
     generate_series(1, ${rows}) AS i`,
  );
  await sql('ANALYZE executions_visibility');
}
