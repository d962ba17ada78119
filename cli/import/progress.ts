/** The progress of a long command: a bar on a terminal, elsewhere a line now and then. */
import { MultiBar, Presets } from 'cli-progress';
import { drawable, safe } from '../terminal.ts';

interface Progress {
  advance(): void;
  note(line: string): void;
  end(): void;
}

const LINE_EVERY_MS = 10_000;

/** @param what is counted, such as rows */
export function createProgress(total: number, stream: NodeJS.WriteStream, what = 'rows'): Progress {
  return stream.isTTY ? bar(total, stream, what) : lines(total, stream, what);
}

function bar(total: number, stream: NodeJS.WriteStream, what: string): Progress {
  const bars = new MultiBar(
    {
      stream: drawable(stream),
      format: `{bar} {value} of {total} ${what}, {percentage} %, {eta_formatted} left`,
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

function lines(total: number, stream: NodeJS.WritableStream, what: string): Progress {
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
      note(`${done} of ${total} ${what}`);
    },
    note,
    end() {
      // Every line is complete already.
    },
  };
}
