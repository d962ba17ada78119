/**
 * Jest's module loader, but packages are loaded by Node, once for all test files of a process. Jest alone loads and
 * compiles the SDK, gRPC, zod and the others again for each file, which took half of the tests' computing. The project's
 * own modules are loaded again for each file.
 */
import jestRuntime from 'jest-runtime';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isModuleNamespaceObject } from 'node:util/types';
import vm from 'node:vm';
import './one-realm.ts';

const loadByNode = createRequire(import.meta.url);
const modules = new Map<string, vm.Module>();

/** Jest's own packages keep what belongs to one test file. */
const JEST = /\/node_modules\/(?:@jest\/|jest-|jest\/|expect\/)/;

function isPackage(path: string): boolean {
  return path.includes('/node_modules/') && !JEST.test(path);
}

/** What Jest has loaded as ES modules, by URL. */
class EsModules extends Map<string, vm.Module> {
  override get(url: string): vm.Module | undefined {
    return super.get(url) ?? (isPackage(url) ? packageAsEsModule(url) : undefined);
  }
}

function packageAsEsModule(url: string): vm.Module {
  const known = modules.get(url);
  if (known) return known;
  const loaded: unknown = loadByNode(fileURLToPath(url));
  const exported = new Map(Object.entries(loaded ?? {}));
  if (!isModuleNamespaceObject(loaded)) {
    exported.set('default', loaded).set('module.exports', loaded);
  }
  const module = new vm.SyntheticModule([...exported.keys()], () => {
    for (const [name, value] of exported) module.setExport(name, value);
  });
  // Without imports, it is done when this returns.
  void module.evaluate();
  modules.set(url, module);
  return module;
}

/** What Jest has loaded as CommonJS, by path. */
class CommonJsModules extends Map<string, { exports: unknown; children: unknown[] }> {
  override get(path: string) {
    if (!isPackage(path)) return super.get(path);
    const exports: unknown = loadByNode(path);
    return { exports, children: [] };
  }
}

// Its types are those of its CommonJS build, whose class is a property.
const Runtime = jestRuntime as unknown as typeof jestRuntime.default;

interface Registries {
  esModuleRegistry: Map<string, unknown>;
  moduleRegistry: Map<string, unknown>;
}

export default class SharedPackages extends Runtime {
  constructor(...options: ConstructorParameters<typeof Runtime>) {
    super(...options);
    // Jest has no setting for it.
    const { registries } = this as unknown as { registries: Registries };
    registries.esModuleRegistry = new EsModules();
    registries.moduleRegistry = new CommonJsModules();
  }
}
