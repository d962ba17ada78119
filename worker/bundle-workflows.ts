import { dirname, extname, join } from 'node:path';
import {
  bundleWorkflowCode,
  type Logger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../codec/index.ts';

/**
 * Bundles the workflow code for workers. All cached workflows of a worker share its modules, where the SDK would give
 * each of them a copy: this halves their memory. It is safe as the modules keep no state (a rule of eslint.config.js).
 */
export async function bundleWorkflows(
  workflowsPath: string,
  logger?: Logger,
): Promise<WorkflowBundleWithSourceMap> {
  const beside = (module: string) =>
    join(dirname(workflowsPath), `${module}${extname(workflowsPath)}`);
  const bundle = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [beside('traces')],
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadConverterPath: beside('payload-converter'),
    preloadModules: [workflowsPath],
    ...(logger && { logger }),
    webpackConfigHook: (config) => ({
      ...config,
      // A worker holds the map twice. Stack traces need lines, and no source text.
      devtool: 'inline-nosources-source-map',
    }),
  });
  return { ...bundle, code: inOneByte(bundle.code) };
}

/** V8 stores a text with any character above U+00FF in two bytes a character. The same escape fits texts and comments. */
function inOneByte(code: string): string {
  return code.replaceAll(
    /[^\0-\xff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
