/** The progress of an import: a bar on a terminal, elsewhere a line now and then. */
import { MultiBar, Presets } from 'cli-progress';
import { drawable, safe } from '../terminal.ts';

interface Progress {
  advance(): void;
  note(line: string): void;
  end(): void;
}

const LINE_EVERY_MS = 10_000;
const FORMAT = '{bar} {value} of {total} rows, {percentage} %, {eta_formatted} left';

export function createProgress(total: number, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(total, stream) : lines(total, stream);
}

function bar(total: number, stream: NodeJS.WriteStream): Progress {
  const bars = new MultiBar(
    {
      stream: drawable(stream),
      format: FORMAT,
      emptyOnZero: true,
      etaBuffer: 100,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const one = bars.create(total, 0);
  return {
    advance() {
      one.increment();
    },
    note(line) {
      bars.log(safe(`${line}\n`));
    },
    end() {
      bars.stop();
    },
  };
}

function lines(total: number, stream: NodeJS.WritableStream): Progress {
  let done = 0;
  let notedAt = performance.now();
  const note = (line: string): void => {
    stream.write(`${line}\n`);
  };
  return {
    advance() {
      done += 1;
      if (performance.now() - notedAt < LINE_EVERY_MS) return;
      notedAt = performance.now();
      note(`${done} of ${total} rows`);
    },
    note,
    end() {
      // Every line is complete already.
    },
  };
}
