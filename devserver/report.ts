/** Takes one line at a time that tells a person what goes on. Lines carry no line break. */
export type Report = (line: string) => void;
