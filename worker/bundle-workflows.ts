import { dirname, extname, join } from 'node:path';
import {
  bundleWorkflowCode,
  type Logger,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { FAILURE_CONVERTER_PATH } from '../codec/index.ts';

/**
 * Bundles the workflow as every worker runs it: its modules merged into few, and what nobody imports
 * left out. Each parked sender holds the modules' objects of its own, so that saves memory.
 */
export function bundleWorkflows(
  workflowsPath: string,
  logger?: Logger,
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadConverterPath: join(
      dirname(workflowsPath),
      `payload-converter${extname(workflowsPath)}`,
    ),
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
