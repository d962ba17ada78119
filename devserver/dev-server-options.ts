import type { SearchAttributeType } from '@temporalio/common';
import type { ReportLine } from './run-with-progress.ts';

/** A search attribute; the SDK's own `SearchAttributeKey` fits. */
interface RegisteredAttribute {
  readonly name: string;
  readonly type: SearchAttributeType;
}

export interface DevServerOptions {
  /** The executable, from `findTemporalCli`. */
  readonly cliPath: string;
  /** The port of Temporal's frontend on 127.0.0.1. 0: any free one. */
  readonly port: number;
  /** The port of Temporal's UI on 127.0.0.1. 0: any free one. */
  readonly uiPort: number | 'no-ui';
  /** The codec server that decodes payloads for the UI. */
  readonly uiCodecEndpoint?: string | undefined;
  /** The database file; created if it does not exist. Without it, the server keeps its state in memory. */
  readonly dbFile?: string | undefined;
  /** Created if it does not exist. Default: `default`. */
  readonly namespace?: string | undefined;
  /** Registered when the database is created; the server does not change an existing database. */
  readonly searchAttributes: readonly RegisteredAttribute[];
  /** Overrides our own values in the server's dynamic configuration. */
  readonly dynamicConfig?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** The server's output is appended to this file. */
  readonly logFile: string;
  /** The names of the options that choose other ports, for error messages. */
  readonly portOptions?: { readonly port: string; readonly uiPort: string } | undefined;
  readonly report?: ReportLine | undefined;
}

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
  // Servers before 1.31 apply priorities only with the new matcher.
  'matching.useNewMatcher': true,
  // Searches per second. All routes of the gateway share this limit.
  'frontend.namespaceRPS.visibility': 100,
  // Otherwise the server calls Temporal's site to look for newer versions.
  'frontend.enableServerVersionCheck': false,
  // By default a shard polls its task queue 20 times a second, and the development server has one shard:
  // each step of a single workflow would wait 45 ms.
  'history.transferProcessorMaxPollRPS': 1000,
} as const;

/** The settings that go into the command line; the ports are chosen already. */
type DevServerSettings = Pick<
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
