const NAMED = 3;

/** Of several lines all but one's own, the first of them by number. */
export function otherLines(lines: readonly number[], own: number): string {
  const named = lines
    .slice(0, NAMED + 1)
    .filter((other) => other !== own)
    .slice(0, NAMED);
  const more = lines.length - 1 - named.length;
  const which = `line${named.length === 1 ? '' : 's'} ${named.map(String).join(', ')}`;
  return more > 0 ? `${which} and ${more} more` : which;
}
