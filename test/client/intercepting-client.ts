/**
 * A client whose calls to Temporal are intercepted, so that something happens at exactly the moment
 * under test.
 */
import { Client } from '@temporalio/client';
import { OnboardingClient } from '../../client/index.ts';
import { HASH_KEY, type DevelopmentServer } from './development-server.ts';
import { dataConverter } from '../support/encryption.ts';

interface Interceptions {
  /** Before Temporal gets the first start. */
  readonly beforeStart?: () => Promise<unknown>;
  /** After Temporal has refused the first start, before the client gets the refusal. */
  readonly afterRefusal?: () => Promise<unknown>;
  /** Before Temporal gets the first signal for this workflow. */
  readonly beforeSignal?: { readonly workflowId: string; readonly run: () => Promise<unknown> };
  /** Before Temporal gets the first query. */
  readonly beforeQuery?: () => Promise<unknown>;
  /** Before Temporal gets any query. */
  readonly onQuery?: () => void;
}

export function interceptingClient(
  { temporal }: DevelopmentServer,
  { beforeStart, afterRefusal, beforeSignal, beforeQuery, onQuery }: Interceptions,
): OnboardingClient {
  let starts = 0;
  let queries = 0;
  const intercepting = new Client({
    dataConverter,
    connection: temporal.connection,
    namespace: temporal.options.namespace,
    interceptors: {
      workflow: [
        {
          async startWithDetails(input, next) {
            const isFirst = ++starts === 1;
            if (isFirst) await beforeStart?.();
            try {
              return await next(input);
            } catch (error) {
              if (isFirst) await afterRefusal?.();
              throw error;
            }
          },
          async signal(input, next) {
            const { workflowId } = input.workflowExecution;
            if (workflowId === beforeSignal?.workflowId) await beforeSignal.run();
            return next(input);
          },
          async query(input, next) {
            onQuery?.();
            if (++queries === 1) await beforeQuery?.();
            return next(input);
          },
        },
      ],
    },
  });
  return new OnboardingClient({ temporal: intercepting, hashKey: HASH_KEY, actor: 'tester' });
}
