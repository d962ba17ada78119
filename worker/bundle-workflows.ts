import { dirname, extname, join } from 'node:path';
import {
  bundleWorkflowCode,
  type Logger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../codec/index.ts';

/**
 * Bundles the workflow code for workers: merges its modules, and leaves out unused exports. Each cached workflow
 * holds its own copy of the modules, so this saves memory.
 */
export async function bundleWorkflows(
  workflowsPath: string,
  logger?: Logger,
): Promise<WorkflowBundleWithSourceMap> {
  const bundle = await bundleWorkflowCode({
    workflowsPath,
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadConverterPath: join(
      dirname(workflowsPath),
      `payload-converter${extname(workflowsPath)}`,
    ),
    ...(logger && { logger }),
    webpackConfigHook: (config) => ({
      ...config,
      // A worker holds the map twice. Stack traces need lines, and no source text.
      devtool: 'inline-nosources-source-map',
      optimization: {
        ...config.optimization,
        providedExports: true,
        usedExports: true,
        concatenateModules: true,
      },
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
