import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

const retried = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());

/** @param called gets the name of each method that is called, such as `CountWorkflowExecutions` */
export function connectWatched(
  address: string,
  called: (method: string) => void,
): Promise<Connection> {
  return Connection.connect({
    address,
    interceptors: [
      (options, next) => {
        called(options.method_definition.path.split('/').at(-1) ?? '');
        return retried(options, next);
      },
    ],
  });
}
