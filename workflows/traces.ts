/**
 * Hands the trace of the newest message on to the calls that it causes, so that an operator finds a sign-up and its
 * calls to AR24 in one trace. What a timer causes belongs to no message: these calls begin traces of their own.
 * The same is true of a poll, which is repeated for weeks. Without tracing, messages carry no trace, and nothing is handed on.
 */
import type { Headers, Payload, WorkflowInterceptors } from '@temporalio/workflow';
import type { Ar24Activities } from '../activities/index.ts';

/** Where `@temporalio/interceptors-opentelemetry` keeps it in clients and activities. */
const TRACE = '_tracer-data';
const POLL = 'awaitChange' satisfies keyof Ar24Activities;

export function interceptors(): WorkflowInterceptors {
  let trace: Payload | undefined;
  const keepTrace = (headers: Headers): void => {
    trace = headers[TRACE];
  };
  const withTrace = <T extends { readonly headers: Headers }>(input: T): T =>
    trace === undefined ? input : { ...input, headers: { ...input.headers, [TRACE]: trace } };
  return {
    inbound: [
      {
        execute(input, next) {
          keepTrace(input.headers);
          return next(input);
        },
        handleSignal(input, next) {
          keepTrace(input.headers);
          return next(input);
        },
        handleUpdate(input, next) {
          keepTrace(input.headers);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        async startTimer(input, next) {
          await next(input);
          trace = undefined;
        },
        scheduleActivity: (input, next) =>
          next(input.activityType === POLL ? input : withTrace(input)),
        signalWorkflow: (input, next) => next(withTrace(input)),
        startChildWorkflowExecution: (input, next) => next(withTrace(input)),
      },
    ],
  };
}
