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
export function bundleWorkflows(
  workflowsPath: string,
  logger?: Logger,
): Promise<WorkflowBundleWithSourceMap> {
  const beside = (module: string) =>
    join(dirname(workflowsPath), `${module}${extname(workflowsPath)}`);
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [beside('traces')],
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadConverterPath: beside('payload-converter'),
    ...(logger && { logger }),
    webpackConfigHook: (config) => ({
      ...config,
      optimization: {
        ...config.optimization,
        providedExports: true,
        usedExports: true,
        concatenateModules: true,
      },
    }),
  });
}
