/** Containers share this machine's network here, so that each port of docker-compose.yml and the chart becomes a free one. */
import { lastingPort } from '../processes/port.ts';

const SIMULATOR = 8424;
const GATEWAY = 8080;
const TEMPORAL = 7233;
/** Health of the worker, codec server; metrics of worker, gateway, exporter, codec server. */
const OTHERS = [8090, 8234, 9464, 9465, 9466, 9467];

export interface Ports {
  readonly simulator: number;
  readonly gateway: number;
  /** The port here of one that is written in a file. */
  of(written: number): number;
  /** A text in which each port is the one here. */
  in(text: string): string;
}

/** @param temporal the port at which Temporal listens */
export async function portsHere(temporal: number): Promise<Ports> {
  const here = new Map([[TEMPORAL, temporal]]);
  for (const port of [SIMULATOR, GATEWAY, ...OTHERS]) here.set(port, await lastingPort());
  const of = (written: number): number => here.get(written) ?? written;
  return {
    simulator: of(SIMULATOR),
    gateway: of(GATEWAY),
    of,
    in: (text) => text.replaceAll(/\b\d{4}\b/g, (port) => String(of(Number(port)))),
  };
}
