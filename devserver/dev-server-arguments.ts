import type { SearchAttributeType } from '@temporalio/common';
import type { DevServerOptions } from './dev-server-options.ts';

const CLI_TYPES: Readonly<Record<SearchAttributeType, string>> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};

const DYNAMIC_CONFIG = {
  // Server 1.29 knows priorities, but heeds them with the new matcher only.
  'matching.useNewMatcher': true,
  // Searches a second: the gateway's doors, lists and counts share them.
  'frontend.namespaceRPS.visibility': 100,
  // Asks Temporal's site for newer versions otherwise.
  'frontend.enableServerVersionCheck': false,
  // By default a shard reads its queue of tasks 20 times a second, and here all lies in one shard:
  // each step of a lone workflow would wait 45 ms for its turn.
  'history.transferProcessorMaxPollRPS': 1000,
} as const;

/** The settings that decide the command line, ports already chosen. */
export type DevServerSettings = Pick<
  DevServerOptions,
  'port' | 'uiPort' | 'uiCodecEndpoint' | 'dbFile' | 'searchAttributes' | 'dynamicConfig'
> & { readonly namespace: string };

/** The arguments of `temporal` that start the development server. */
export function devServerArguments(settings: DevServerSettings): readonly string[] {
  const dynamicConfig = { ...DYNAMIC_CONFIG, ...settings.dynamicConfig };
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(settings.port)],
    ...(settings.uiPort === 'no-ui' ? ['--headless'] : ['--ui-port', String(settings.uiPort)]),
    ...(settings.uiCodecEndpoint === undefined
      ? []
      : ['--ui-codec-endpoint', settings.uiCodecEndpoint]),
    ...['--namespace', settings.namespace, '--log-level', 'error', '--color', 'never'],
    ...(settings.dbFile === undefined ? [] : ['--db-filename', settings.dbFile]),
    ...settings.searchAttributes.flatMap(({ name, type }) => [
      '--search-attribute',
      `${name}=${CLI_TYPES[type]}`,
    ]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
  ];
}
