import type { SearchAttributeType } from '@temporalio/common';
import type { Report } from './report.ts';

/** A search attribute; the SDK's own `SearchAttributeKey` fits. */
interface RegisteredAttribute {
  readonly name: string;
  readonly type: SearchAttributeType;
}

export interface DevServerOptions {
  /** The executable, as `findTemporalCli` answers it. */
  readonly cliPath: string;
  /** Of Temporal's frontend on 127.0.0.1. 0: any free one. */
  readonly port: number;
  /** Of Temporal's UI on 127.0.0.1. 0: any free one. */
  readonly uiPort: number | 'no-ui';
  /** By which the UI decodes what it shows. */
  readonly uiCodecEndpoint?: string | undefined;
  /** Where the state is kept; made if it is not there. Without it the state ends with the server. */
  readonly dbFile?: string | undefined;
  /** Made if it is not there. Default: `default`. */
  readonly namespace?: string | undefined;
  /** Registered when the database is made; the server leaves an older one as it is. */
  readonly searchAttributes: readonly RegisteredAttribute[];
  /** Over our own settings of the server's dynamic configuration. */
  readonly dynamicConfig?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** What the server prints, errors and where it listens, is added to this file. */
  readonly logFile: string;
  /** What a person sets to choose other ports. */
  readonly portOptions?: { readonly port: string; readonly uiPort: string } | undefined;
  readonly report?: Report | undefined;
}
