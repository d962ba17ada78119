/** A connection to Temporal that can be replaced while clients use it: a connection keeps its certificates for ever. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ConnectionLike } from '@temporalio/client';

/** Longer than any call waits for an answer of Temporal. */
const CALLS_END_WITHIN_MS = 120_000;

export interface ReplaceableConnection<C extends ConnectionLike> {
  /** For clients. It stays the same object. */
  readonly connection: ConnectionLike;
  /** New calls use this connection. The one before is closed after the calls on it. */
  replace(next: C): void;
  /** Closes all that are open. */
  close(): Promise<void>;
}

export function replaceableConnection<C extends ConnectionLike>(
  first: C,
): ReplaceableConnection<C> {
  let current = first;
  const former = new Map<C, NodeJS.Timeout>();
  /** A deadline belongs to the connection that it was set on, so a call in its scope stays on this one. */
  const inScope = new AsyncLocalStorage<C>();
  const here = (): C => {
    const one = inScope.getStore();
    // A scope that waits for people may outlive its connection.
    return one !== undefined && former.has(one) ? one : current;
  };

  function service<Name extends 'workflowService' | 'operatorService'>(name: Name): C[Name] {
    return new Proxy(first[name], {
      get: (_first, property): unknown => Reflect.get(here()[name], property),
    });
  }

  function inScopeOf<R>(use: (connection: C) => Promise<R>): Promise<R> {
    const connection = here();
    return inScope.run(connection, () => use(connection));
  }

  async function closeFormer(connection: C): Promise<void> {
    clearTimeout(former.get(connection));
    former.delete(connection);
    await connection.close();
  }

  async function close(): Promise<void> {
    await Promise.all([...former.keys()].map(closeFormer));
    await current.close();
  }

  return {
    connection: {
      workflowService: service('workflowService'),
      operatorService: service('operatorService'),
      plugins: first.plugins,
      close,
      ensureConnected: () => here().ensureConnected(),
      withDeadline: (deadline, fn) => inScopeOf((one) => one.withDeadline(deadline, fn)),
      withMetadata: (metadata, fn) => inScopeOf((one) => one.withMetadata(metadata, fn)),
      withAbortSignal: (signal, fn) => inScopeOf((one) => one.withAbortSignal(signal, fn)),
    },
    replace(next) {
      const before = current;
      current = next;
      const timer = setTimeout(() => void closeFormer(before), CALLS_END_WITHIN_MS);
      timer.unref();
      former.set(before, timer);
    },
    close,
  };
}
