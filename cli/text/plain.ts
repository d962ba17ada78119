const CONTROL = /\p{Cc}/gu;

/** What others wrote, made safe for a terminal: no colours, no cursor moves, one line. */
export function plain(text: string): string {
  return text.replace(CONTROL, '\uFFFD');
}
