/**
 * Jest's environment for all tests: they run in Node's own realm. Jest's usual one gives each file a realm with an
 * `Error` and an `Array` of its own, so that Node's errors are no `instanceof Error`, and packages cannot be shared
 * (`shared-packages.ts`).
 */
import { ModuleMocker } from 'jest-mock';
import vm from 'node:vm';

/** Jest wants a context, and Node's own realm is what its functions take if there is none. */
const NODE_REALM = vm.createContext({});

const { SourceTextModule, SyntheticModule, compileFunction } = vm;

vm.SourceTextModule = class extends SourceTextModule {
  constructor(code: string, options: vm.SourceTextModuleOptions = {}) {
    super(code, { ...options, context: realmOf(options.context) });
  }
};
vm.SyntheticModule = class extends SyntheticModule {
  constructor(
    exportNames: string[],
    evaluate: (this: vm.SyntheticModule) => void,
    options: vm.SyntheticModuleOptions = {},
  ) {
    super(exportNames, evaluate, { ...options, context: realmOf(options.context) });
  }
};
vm.compileFunction = (code, parameters, options = {}) =>
  compileFunction(code, parameters, {
    ...options,
    parsingContext: realmOf(options.parsingContext),
  });

function realmOf(context: vm.Context | undefined): vm.Context | undefined {
  return context === NODE_REALM ? undefined : context;
}

export default class OneRealm {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  /** No test replaces time: processes, servers and databases would not follow. */
  readonly fakeTimers = null;
  readonly fakeTimersModern = null;
  readonly #environment = process.env;
  readonly #exit = Object.getOwnPropertyDescriptor(process, 'exit');

  setup(): Promise<void> {
    process.env = { ...this.#environment };
    return Promise.resolve();
  }

  /** The next file finds what this one found. Jest has replaced `exit`. */
  teardown(): Promise<void> {
    process.env = this.#environment;
    if (this.#exit) Object.defineProperty(process, 'exit', this.#exit);
    return Promise.resolve();
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  getVmContext(): vm.Context {
    return NODE_REALM;
  }
}
